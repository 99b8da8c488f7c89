"""A provider's database: PostgreSQL, one login role a tutor."""
