"""Use cases: a verb a method, one transaction each."""
