"""Signatures: whose, over which content, when, by which means. Any change of the content voids them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content in one canonical form: keys sorted, UTF-8, days and moments in ISO form."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
