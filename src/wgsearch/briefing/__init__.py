"""Agenda x Engine -> Pack: what each person needs before the meeting, item by item."""
