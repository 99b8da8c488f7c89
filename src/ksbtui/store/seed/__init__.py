"""The data files that come with ksbtui, and the person's own."""
