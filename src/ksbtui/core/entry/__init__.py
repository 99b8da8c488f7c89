"""One activity on one day: what it says, whether it counts, what belongs to it."""
