"""Commands for coaching calls, actions and reviews."""
