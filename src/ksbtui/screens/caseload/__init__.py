"""The caseload on the screen."""
