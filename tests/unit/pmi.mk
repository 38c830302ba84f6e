# Unit tests of pmi/
