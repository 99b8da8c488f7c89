"""The journal file: one SQLite connection, its schema, rows and change log."""
