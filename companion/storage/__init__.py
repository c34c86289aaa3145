"""The record on disk: keys, the encrypted database, the photo vault."""
