"""Charts: drawn from plain values, cell by cell."""
