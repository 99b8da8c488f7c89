"""1 Today, the timer and the week walk."""
