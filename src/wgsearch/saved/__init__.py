"""Questions that stay: what new papers answer them, as a feed and as messages."""
