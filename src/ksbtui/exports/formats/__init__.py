"""File formats: each writes any report's content."""
