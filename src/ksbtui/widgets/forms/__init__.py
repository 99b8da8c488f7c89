"""Fields and dialogs."""
