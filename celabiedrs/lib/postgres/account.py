"""Which account of the operating system the server runs as: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """An account to drop to, or (uid None) the one that the program has anyway."""

    uid: int | None = None
    gid: int | None = None

    def popen(self) -> dict[str, object]:
        """Arguments for subprocess that make the child this account and nothing more."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can(self, test: str, path: Path) -> bool:
        """Ask the system, as that account, `test -x path` and the like: no reading of mode bits by hand."""
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd / && test "$1" "$2"', "sh", test, str(path)],
            **self.popen(),  # type: ignore[call-overload]
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        return bool(done.returncode == 0)


def account_for(folder: Path) -> Account:
    """The program's own account; for root the owner of `folder`, and where that is root too, nobody."""
    if os.geteuid() != 0:
        return Account()
    owner = folder.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
