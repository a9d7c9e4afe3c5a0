"""How often a job that failed is tried again."""

from procrastinate import RetryStrategy

NIGHTLY = RetryStrategy(max_attempts=6, wait=60, exponential_wait=5)
"""For what runs once a day: six times in about an hour. What runs every few minutes is made up for by its next run."""
