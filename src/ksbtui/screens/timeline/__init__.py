"""5 Timeline."""
