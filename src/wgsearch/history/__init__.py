"""A topic, or an agenda item -> whether it was addressed before, when and where."""
