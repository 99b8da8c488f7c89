"""2 Journal: every entry, and what is done with one."""
