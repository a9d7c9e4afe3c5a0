"""One program for one data folder, held by the kernel: a killed program leaves no lock behind."""

import fcntl
import os
from pathlib import Path


class FolderInUse(Exception):
    """Somebody else works on this data folder. `pid` is that process, 0 where it cannot be known."""

    def __init__(self, folder: Path, pid: int) -> None:
        self.folder = folder
        self.pid = pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"The data folder {folder} is in use by {who}. "
            "Stop that program first, or name another folder in CELABIEDRS_DATA."
        )


class FolderLock:
    """An exclusive lock file that tells who holds it. The file stays; only the lock on it counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raise FolderInUse at once when another process holds it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise FolderInUse(self.path.parent, int(text) if text.isdigit() else 0) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None
