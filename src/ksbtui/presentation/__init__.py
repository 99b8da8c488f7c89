"""Results as sentences, rows and cells, worded once for commands and screens alike."""
