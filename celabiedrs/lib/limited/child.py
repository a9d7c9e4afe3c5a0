"""The reading process: takes bytes, gives back what one task makes of them. It knows no Django and no secret.

Its argument is a task as `module:function` and the task's options as JSON; the bytes come by standard input, the answer
(a line of JSON, then bytes) goes to standard output. `prepare(content)` of the task's module, where there is one, loads
the libraries that these bytes need, since afterwards no file can be opened any more.
"""

import codecs
import importlib
import json
import sys
import traceback
from typing import Any

from celabiedrs.lib.limited import confinement
from celabiedrs.lib.limited.refusal import BROKE, TOO_MUCH, Unreadable

ENCODINGS = (
    "ascii",
    "latin-1",
    "cp1252",
    "cp1257",
    "cp437",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "idna",
)
"""Those that a task may ask for later; Python looks for each in a file of its own."""


def main() -> None:
    name, options = sys.argv[1], json.loads(sys.argv[2])
    module_name, function_name = name.split(":")
    module = importlib.import_module(module_name)
    content = sys.stdin.buffer.read()
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    getattr(module, "prepare", lambda _content: None)(content)
    confinement.limit()
    sealed = confinement.seal()
    answer, payload = _answer(getattr(module, function_name), content, options)
    out = sys.stdout.buffer
    out.write(json.dumps(answer | {"sealed": sealed}).encode() + b"\n")
    out.write(payload)
    out.flush()


def _answer(task: Any, content: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        result, payload = task(content, **options)
        return {"result": result}, payload
    except Unreadable as refusal:
        return {"refused": refusal.code, "values": refusal.values}, b""
    except (MemoryError, RecursionError):
        return {"refused": TOO_MUCH, "values": {}}, b""
    except Exception as error:
        # where, not what: the words of an error may hold words of the file
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {place.name}:{place.lineno}"
        return {"refused": BROKE, "values": {}, "where": where}, b""
