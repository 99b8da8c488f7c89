"""What surrounds a page: tabs, titles, footer, theme and symbols."""
