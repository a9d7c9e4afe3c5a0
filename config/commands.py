"""The console command `celabiedrs`: a front of our own commands; the rest goes through to Django.

What needs a database gets one (config.database); what does not starts at once.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from celabiedrs.lib.postgres import FolderInUse, ServerFailed
from celabiedrs.lib.postgres.binaries import NoServer
from config.away import DatabaseAway, away_is_a_sentence
from config.database import database
from config.folder import NoFolder, data_folder, make_folder
from config.secrets import make_secrets

Own = Callable[[list[str]], int]


@dataclass(frozen=True)
class Command:
    """`own` for a command made here; without it the name is a Django management command."""

    name: str
    group: str
    help: str
    needs_database: bool = True
    own: Own | None = None


def _run(arguments: list[str]) -> int:
    from config.run import main

    return main(arguments)


def _web(arguments: list[str]) -> int:
    from config.web import main

    return main(arguments)


def _worker(arguments: list[str]) -> int:
    from config.worker import main

    return main(arguments)


def _prepared(act: str) -> Own:
    """`migrate` and `upgrade`: for service unless something else is said, with secrets that are there first."""

    def own(arguments: list[str]) -> int:
        os.environ.setdefault("CELABIEDRS_MODE", "production")
        if not os.environ.get("DATABASE_URL"):
            folder = data_folder().path
            make_folder(folder)
            make_secrets(folder)
        from config import prepare
        from config.production import refused

        with database():
            if refused():
                return 1
            return prepare.upgrade(arguments) if act == "upgrade" else prepare.migrate(arguments)

    return own


def _messages(arguments: list[str]) -> int:
    if arguments == ["--compile"]:
        from config.catalogs import compile_catalogs

        compile_catalogs()
        return 0
    from config.messages import main

    return main(arguments)


def _backup(act: str) -> Own:
    def own(arguments: list[str]) -> int:
        from config.backup import main

        return main([act, *arguments])

    return own


def _wal(arguments: list[str]) -> int:
    from config.archive import main

    return main(arguments)


def _check(arguments: list[str]) -> int:
    """Django's checks, then what this installation lacks; with arguments Django's alone."""
    if arguments:
        return _manage(["check", *arguments])
    os.environ.setdefault("CELABIEDRS_MODE", "production")
    with database():
        _manage(["check"])
        from config.readiness import main

        return main()


def _bench(arguments: list[str]) -> int:
    from config.settings import ROOT

    if not (ROOT / "bench" / "__main__.py").exists():
        print("celabiedrs: the bench comes with the source: run it there, with `make bench`", file=sys.stderr)
        return 1
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode


def _manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["celabiedrs", *arguments])
    return 0


COMMANDS = [
    Command(
        "run",
        "Service",
        "everything in one supervised tree: database, web, worker (--demo, --port)",
        False,
        _run,
    ),
    Command("web", "Service", "the web server alone, against DATABASE_URL", False, _web),
    Command("worker", "Service", "the worker of background jobs alone, against DATABASE_URL", False, _worker),
    Command(
        "wal", "Service", "every change into the archive as it is written (CELABIEDRS_ARCHIVE)", True, _wal
    ),
    Command(
        "migrate",
        "Keeping house",
        "bring database, calendar and static files to this version",
        True,
        _prepared("migrate"),
    ),
    Command(
        "upgrade", "Keeping house", "a backup, then migrate: upgrade [FOLDER]", True, _prepared("upgrade")
    ),
    Command(
        "backup",
        "Keeping house",
        "into the archive, or a single copy into a new folder: backup [FOLDER]",
        True,
        _backup("backup"),
    ),
    Command(
        "restore",
        "Keeping house",
        "a single copy, or any second: restore FOLDER, restore --to MOMENT (--prove)",
        True,
        _backup("restore"),
    ),
    Command("verify", "Keeping house", "compare every stored file with its checksum (--tie, --sweep)"),
    Command("setup", "Keeping house", "load the calendar and the municipalities"),
    Command("demo", "Keeping house", "make the demonstration programme of made-up people"),
    Command(
        "administrator",
        "Keeping house",
        "make somebody an administrator, the first one too: administrator NAME EMAIL",
    ),
    Command(
        "signin-link",
        "Keeping house",
        "print the first link of an unused account without a post: signin-link EMAIL",
    ),
    Command("keys", "Keeping house", "seal everything sealed with the first key, and prove it (rotation)"),
    Command("audit", "Keeping house", "whether the event log is as it was written: audit verify [--head …]"),
    Command(
        "evidence",
        "Keeping house",
        "whether evidence packs are whole and unchanged: evidence verify FILE… (--key …)",
        False,
    ),
    Command(
        "check-file", "Keeping house", "say whether files could be uploaded: check-file FILE… (--json)", False
    ),
    Command(
        "check-table",
        "Keeping house",
        "say row by row what of a table could go in: check-table mentors FILE… (--json)",
        False,
    ),
    Command("check", "Keeping house", "say what is missing (--deploy: only the settings)", False, _check),
    Command("status", "Keeping house", "the state of the service, failed jobs, unsent letters, alarms"),
    Command("manage", "Keeping house", "Django's own management: manage COMMAND …", False, _manage),
    Command("record", "The source", "print the record of processing, down to every column", False),
    Command("rules", "The source", "list every clause with its rule and its tests", False),
    Command("scenarios", "The source", "run stories of the source: scenarios PATH…", False),
    Command("season", "The source", "replay a season of spreadsheets: season DIR --report OUT.json"),
    Command("bench", "Making", "measure the speed against its floors (--rows, --json)", False, _bench),
    Command(
        "messages", "Making", "gather and compile the words (--check, --prune, STAGE…)", False, _messages
    ),
]
BY_NAME = {command.name: command for command in COMMANDS}
DJANGO_WITHOUT_DATABASE = {
    "help",
    "version",
    "check",
    "makemigrations",
    "findstatic",
    "collectstatic",
    "diffsettings",
}


def usage() -> str:
    lines = [
        "Ceļabiedrs: runs a public youth-mentoring programme.",
        "",
        "celabiedrs COMMAND …   (COMMAND --help tells more)",
    ]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        lines += ["", group]
        lines += [f"  {command.name:<11} {command.help}" for command in COMMANDS if command.group == group]
    lines += [
        "",
        "Settings come from the environment: DATABASE_URL (else an embedded PostgreSQL is started),",
        "CELABIEDRS_DATA (else ./var), and those named in docs/settings.md.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Entry point. Known troubles end in one sentence, never in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return
    try:
        with away_is_a_sentence():
            sys.exit(dispatch(arguments))
    except (NoFolder, NoServer, FolderInUse, ServerFailed) as error:
        sys.exit(f"celabiedrs: {error}")
    except DatabaseAway as error:
        sys.exit(f"celabiedrs: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def dispatch(arguments: list[str]) -> int:
    name, rest = arguments[0], arguments[1:]
    command = BY_NAME.get(name)
    if name == "manage":
        return _with_database(rest) if rest else _manage(["help"])
    if command is not None and command.own is not None:
        return command.own(rest)
    if command is not None and not command.needs_database:
        return _manage(arguments)
    if "--throwaway" in rest:
        return _manage(arguments)
    return _with_database(arguments)


def _with_database(arguments: list[str]) -> int:
    if arguments[0] in DJANGO_WITHOUT_DATABASE or {"-h", "--help"} & set(arguments):
        return _manage(arguments)
    with database():
        return _manage(arguments)


if __name__ == "__main__":
    main()
