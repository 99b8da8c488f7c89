"""What files in and out are made of: activities, pages, sheets, personal data."""
