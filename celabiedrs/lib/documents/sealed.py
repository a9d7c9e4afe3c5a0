"""A document under the service's seal: any machine can tell whether it is whole and unchanged, without a database.

The seal is a line of comment before the file's last words: our public key (Ed25519) and its signature over all other
bytes. The key is derived from the service's secret key; its fingerprint is shown on the pages and printed, so that who
checks a file compares it with one from another source. What the file carries inside is compared with its list of sums.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

SUMS = "sums.json"
"""The list of sums inside: name, size and SHA-256 of each file, and where the event log's chain ended."""
_END = b"startxref"
_SEAL = re.compile(rb"%sealed ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})\n")


@dataclass(frozen=True)
class Verdict:
    """What a look at a sealed file found: `troubles` is empty where it is whole and unchanged."""

    fingerprint: str
    files: int
    head: str
    made_at: str
    troubles: tuple[str, ...]


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        hashlib.sha256(b"celabiedrs sealed documents\0" + settings.SECRET_KEY.encode()).digest()
    )


def fingerprint() -> str:
    """The fingerprint of this service's public key, in groups of four."""
    return _fingerprint(_private_key().public_key().public_bytes_raw())


def _fingerprint(public: bytes) -> str:
    digest = hashlib.sha256(public).hexdigest()[:32]
    return "-".join(digest[at : at + 4] for at in range(0, 32, 4))


def list_of_sums(files: dict[str, bytes], *, head: str, made_at: str) -> bytes:
    """The list of sums of what goes inside."""
    rows = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    return json.dumps(
        {"made_at": made_at, "head": head, "files": rows}, ensure_ascii=False, indent=1
    ).encode()


def seal(pdf: bytes) -> bytes:
    """The PDF with its seal; nothing before the seal moves."""
    at = pdf.rindex(_END)
    key = _private_key()
    line = f"%sealed ed25519 {key.public_key().public_bytes_raw().hex()} {key.sign(pdf).hex()}\n"
    return pdf[:at] + line.encode() + pdf[at:]


def verify(content: bytes) -> Verdict:
    """Whether a sealed PDF is as it was sealed, and all that its list names is inside."""
    found = list(_SEAL.finditer(content))
    if len(found) != 1:
        return Verdict("", 0, "", "", ("no seal, or more than one: this is no sealed file, or it was cut",))
    public = bytes.fromhex(found[0][1].decode())
    bare = content[: found[0].start()] + content[found[0].end() :]
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(found[0][2].decode()), bare)
    except InvalidSignature:
        return Verdict(_fingerprint(public), 0, "", "", ("the file was changed after it was sealed",))
    inside, troubles = _inside(content)
    return Verdict(
        _fingerprint(public),
        len(inside.get("files", ())),
        str(inside.get("head", "")),
        str(inside.get("made_at", "")),
        tuple(troubles),
    )


def _inside(content: bytes) -> tuple[dict[str, Any], list[str]]:
    """The list of sums, and what does not agree with it."""
    from pypdf import PdfReader

    attached = {name: parts[-1] for name, parts in PdfReader(BytesIO(content)).attachments.items()}
    if SUMS not in attached:
        return {}, ["the list of sums is missing"]
    listed: dict[str, Any] = json.loads(attached.pop(SUMS))
    wanted = {row["name"]: row["sha256"] for row in listed["files"]}
    troubles = [f"{name} is missing" for name in sorted(wanted.keys() - attached.keys())]
    troubles += [f"{name} is not on the list" for name in sorted(attached.keys() - wanted.keys())]
    troubles += [
        f"{name} is another file"
        for name in sorted(wanted.keys() & attached.keys())
        if hashlib.sha256(attached[name]).hexdigest() != wanted[name]
    ]
    return listed, troubles
