"""Off-the-job hours: totals, plan, pace and forecast."""
