"""A text -> its citations, each checked against the paper that it names."""
