"""The append-only record of what was done, and of who looked."""
