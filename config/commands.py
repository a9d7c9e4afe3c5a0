"""The console command `celabiedrs`: its own few commands first, everything else is Django's management."""

import os
import sys

from config.database import database
from config.folder import NoFolder

WITHOUT_DATABASE = {"check", "makemigrations", "help", "version", "rules", "findstatic", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = sys.argv[1:]
    if arguments[:1] == ["manage"]:
        arguments = arguments[1:]
    if not arguments or arguments[0] in WITHOUT_DATABASE:
        _manage(arguments)
        return
    try:
        with database():
            _manage(arguments)
    except NoFolder as error:
        sys.exit(str(error))


def _manage(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["celabiedrs", *arguments])


if __name__ == "__main__":
    main()
