"""`celabiedrs check-file FILE…`: whether each file could be uploaded, by the same door; nothing is stored."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.uploads import looked_at


class Command(BaseCommand):
    help = (
        "Say of each file whether it would be taken as an upload, as what, and if not, why. Stores nothing."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="a list of {file, taken, kind, why}")
        parser.add_argument(
            "--language", choices=("en", "lv"), default="en", help="of the reasons (default en)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            found = [_looked_at(Path(name)) for name in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for each in found:
            told = f"taken {each['kind']}" if each["taken"] else f"refused {each['why']}"
            self.stdout.write(f"{each['file']}: {told}")


def _looked_at(path: Path) -> dict[str, Any]:
    try:
        _content, kind = looked_at(path.read_bytes())
    except UploadRefused as refusal:
        return {"file": str(path), "taken": False, "kind": "", "why": str(refusal)}
    except OSError as error:
        return {"file": str(path), "taken": False, "kind": "", "why": f"{error.strerror}."}
    return {"file": str(path), "taken": True, "kind": kind, "why": ""}
