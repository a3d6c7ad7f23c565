"""Reports -> the register of their recommendations, and how each came down the years."""
