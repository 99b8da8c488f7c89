"""Import, export and safe keeping."""
