"""The gathered static files of this version: made by `upgrade`, and by a web server that does not find them."""

import hashlib
import time
from pathlib import Path

STAMP = ".version"


def gather_static() -> bool:
    """Gather them if those that are there are not of this version; says whether it had to. Several may try at once."""
    from django.conf import settings
    from django.core.management import call_command

    from celabiedrs.lib.postgres import FolderInUse, FolderLock

    if settings.MODE == "making":
        return False
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(root.with_name("static.lock"))
    while not is_gathered(root):
        try:
            lock.take()
        except FolderInUse:
            time.sleep(0.2)
            continue
        try:
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            (root / STAMP).write_text(_version(), "ascii")
        finally:
            lock.release()
        return True
    return False


def is_gathered(root: Path) -> bool:
    try:
        return (root / STAMP).read_text("ascii") == _version() and (root / "staticfiles.json").exists()
    except OSError:
        return False


def _version() -> str:
    """Of what is gathered: every file by its name and size, and when it was changed."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            at = Path(storage.path(name)).stat()
            digest.update(f"{name}:{at.st_size}:{at.st_mtime_ns}\n".encode())
    return digest.hexdigest()
