"""The entry form and its parts."""
