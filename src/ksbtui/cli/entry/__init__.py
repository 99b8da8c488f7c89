"""Commands on entries."""
