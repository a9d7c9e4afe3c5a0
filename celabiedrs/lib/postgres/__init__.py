"""PostgreSQL that the program brings along, starts, watches and stops by itself.

Why: one engine everywhere, so that constraints and locks are the real ones (docs/decisions/0001).
Nothing here knows Django; importing this package starts nothing.
"""

from celabiedrs.lib.postgres.adopting import adopt_cluster, superuser_url
from celabiedrs.lib.postgres.cluster import Cluster, ServerFailed, running_url
from celabiedrs.lib.postgres.lock import FolderInUse, FolderLock

__all__ = [
    "Cluster",
    "FolderInUse",
    "FolderLock",
    "ServerFailed",
    "adopt_cluster",
    "running_url",
    "superuser_url",
]
