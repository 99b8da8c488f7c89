"""Reports: each gathers its content from the journal, free of any format."""
