"""Reading what is damaged, and making again what can be."""
