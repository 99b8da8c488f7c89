"""3 Hours."""
