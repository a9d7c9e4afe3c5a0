"""The cast and what a story lays over it: merged deep, lists in the place of lists, `like` copies, null takes away."""

from collections.abc import Mapping
from typing import Any

from rehearsal.stories.files import Unreadable

KINDS = (
    "regions",
    "municipalities",
    "institutions",
    "people",
    "mentors",
    "contracts",
    "learners",
    "plans",
)
"""What has entries with names."""
ROWS = ("rates", "overrides", "settings")


def world_of(cast: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The world in which a story begins. In an entry a null stays, as “there is none”; a null entry is gone."""
    for name in (*cast, *over):
        if name not in (*KINDS, *ROWS):
            raise Unreadable(f"the world knows no “{name}”")
    merged = merge(cast, over)
    world: dict[str, Any] = {}
    for kind in KINDS:
        entries = {key: entry for key, entry in (merged.get(kind) or {}).items() if entry is not None}
        world[kind] = {key: _resolved(kind, key, entries, ()) for key in entries}
    world["rates"] = merged.get("rates") or []
    world["overrides"] = merged.get("overrides") or []
    world["settings"] = merged.get("settings") or {}
    return world


def merge(below: Any, over: Any) -> Any:
    """Two mappings key by key; anything else gives way to what lies over it."""
    if not isinstance(below, Mapping) or not isinstance(over, Mapping):
        return over
    return {
        **below,
        **{key: merge(below[key], value) if key in below else value for key, value in over.items()},
    }


def _resolved(kind: str, key: str, entries: Mapping[str, Any], seen: tuple[str, ...]) -> dict[str, Any]:
    entry = entries[key]
    if not isinstance(entry, Mapping):
        raise Unreadable(f"world, {kind}: “{key}” is not a mapping")
    other = entry.get("like")
    if other is None:
        return {name: value for name, value in entry.items() if name != "like"}
    if other not in entries or other in (*seen, key):
        raise Unreadable(f"world, {kind}: “{key}” is like “{other}”, which is not there")
    own = {name: value for name, value in entry.items() if name != "like"}
    return dict(merge(_resolved(kind, other, entries, (*seen, key)), own))
