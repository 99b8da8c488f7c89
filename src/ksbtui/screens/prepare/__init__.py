"""6 Prepare and its parts."""
