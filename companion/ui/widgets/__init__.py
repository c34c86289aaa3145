"""The components the pages share."""
