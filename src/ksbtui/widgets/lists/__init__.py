"""Lists with a cursor, short and long."""
