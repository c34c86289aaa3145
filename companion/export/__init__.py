"""What leaves the record: tables, documents, bundles."""
