"""Everything on disk: the journal file, its change log and backups, the data files."""
