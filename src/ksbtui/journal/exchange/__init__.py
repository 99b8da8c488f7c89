"""Imports, exports, backups and what the provider's e-portfolio has."""
