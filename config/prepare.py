"""What has to be there before the first request: tables, cache, the programme's calendar, static files, and
demonstration people where they are asked for. `run`, `migrate` and `upgrade` go through it."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.match import refused_match


def prepare(*, demo: bool = False, say: Callable[[str], None] = lambda sentence: None) -> int:
    """Leave a system whose every page opens. 1 where keys or files do not belong to this database."""
    import django
    from django.core.management import call_command

    from config.static import gather_static

    django.setup()
    say("tables …")
    call_command("migrate", verbosity=0, interactive=False)
    if refused_match():
        return 1
    call_command("createcachetable", verbosity=0)
    say("calendar and municipalities …")
    call_command("setup", verbosity=0)
    say("static files …")
    gather_static()
    if demo:
        say("made-up people; this takes a minute or two …")
        call_command("demo")
    return 0


def migrate(arguments: list[str]) -> int:
    """`celabiedrs migrate`: this version's tables and everything else that its pages need."""
    if arguments:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["celabiedrs", "migrate", *arguments])
        return 0
    ended = prepare(say=_on_console)
    if ended == 0:
        print("Done: every page opens with this version.")
    return ended


def upgrade(arguments: list[str]) -> int:
    """`celabiedrs upgrade [FOLDER]`: a backup, then `migrate`. Nothing is changed if the backup fails."""
    import argparse

    import django

    parser = argparse.ArgumentParser(prog="celabiedrs upgrade", description=upgrade.__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="where the backup goes (default: backups/ in the data folder)"
    )
    parser.add_argument(
        "--without-backup", action="store_true", help="only if there is another backup of this moment"
    )
    options = parser.parse_args(arguments)
    django.setup()
    from django.conf import settings

    from config.backup import BackupFailed, backup, has_tables

    if has_tables() and not options.without_backup:
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        folder = options.folder or Path(settings.DATA) / "backups" / f"before-upgrade-{stamp}"
        _on_console("backup …")
        try:
            backup(folder)
        except BackupFailed as failed:
            print(f"celabiedrs: {failed} Nothing was upgraded.", file=sys.stderr)
            return 1
    return migrate([])


def _on_console(sentence: str) -> None:
    print(f"celabiedrs: {sentence}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Run in a process of its own by `celabiedrs run`; what the demonstration has to say goes to the output."""
    began = time.monotonic()

    def say(sentence: str) -> None:
        _on_console(f"{sentence} ({time.monotonic() - began:.0f} s)")

    return prepare(demo="--demo" in arguments, say=say)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
