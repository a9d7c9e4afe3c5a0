"""Every test of the house runs on a database of its own and under the same strict eyes."""

pytest_plugins = [
    "tests.plugins.cast",
    "tests.plugins.cluster",
    "tests.plugins.shuffled",
    "tests.plugins.personal",
    "tests.plugins.reading",
    "tests.plugins.totals",
    "tests.plugins.values",
    "tests.plugins.workers",
]
