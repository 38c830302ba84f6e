# Unit tests of plan/
