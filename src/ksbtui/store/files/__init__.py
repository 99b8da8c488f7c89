"""Files beside the journal: paths, evidence, backups and the person's editor."""
