"""What the assessment subjects say."""
