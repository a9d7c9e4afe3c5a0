"""Replaying the source: stories of scenarios and whole seasons, through the same acts that the pages call."""
