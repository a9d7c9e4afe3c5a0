"""ClamAV by its socket, where one is configured (CELABIEDRS_CLAMAV). Configured and away: nothing is taken in."""

import contextlib
import logging
import socket
import struct
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.refusal import UploadRefused

SECONDS = 20.0
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096
log = logging.getLogger(__name__)


def scan(content: bytes) -> None:
    """UploadRefused where the scanner finds something, or is configured and does not answer; else nothing."""
    address = str(getattr(settings, "CLAMAV", "") or "")
    if not address:
        return
    try:
        answer = _asked(address, content)
    except (OSError, ValueError) as error:
        log.error("files: the virus scanner does not answer (%s); no file is taken in", type(error).__name__)
        raise _away() from error
    if answer.endswith(" FOUND"):
        log.warning("files: the virus scanner turned a file away")
        raise UploadRefused(
            _("The virus scanner has found something harmful in this file."),
            _("Do not open it. Scan the paper again on another device and upload that."),
        )
    if not answer.endswith(" OK"):
        log.error("files: the virus scanner could not look at a file; it was not taken in")
        raise _away()


def _asked(address: str, content: bytes) -> str:
    """The scanner's answer to one file: `stream: OK`, `stream: … FOUND`, or an error of its own."""
    with _connected(address) as line:
        with contextlib.suppress(
            BrokenPipeError, ConnectionResetError
        ):  # it may answer before it has read all
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                part = content[start : start + _CHUNK]
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
        told = b""
        while not told.endswith(b"\0") and len(told) < _LONGEST_ANSWER and (more := line.recv(1024)):
            told += more
    return told.rstrip(b"\0\n").decode("utf-8", "replace").strip()


@contextlib.contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """`/run/clamav/clamd.ctl` (a socket of this machine) or `host:3310`."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        with line:
            line.connect(address)
            yield line
        return
    host, _colon, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS) as line:
        yield line


def _away() -> UploadRefused:
    return UploadRefused(
        _("Files cannot be checked for viruses just now, so none is taken in."),
        _("Nothing was saved. Try again in a while; if it lasts, tell the programme."),
    )
