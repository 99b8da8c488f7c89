"""KSBs: which ones the journal shows, how well, and which a text suggests."""
