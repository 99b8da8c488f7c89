"""What every screen shares: its base, help, palette, messages and leaving."""
