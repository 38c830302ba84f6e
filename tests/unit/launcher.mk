# Unit tests of launcher/
