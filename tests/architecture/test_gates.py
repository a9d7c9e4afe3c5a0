"""Gates that are programs of their own: imports in order, messages complete, no migration forgotten."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from config import messages
from tests.architecture.sources import ROOT


def test_imports_run_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(program), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_word_is_there_in_latvian() -> None:
    books = [messages.read_book(name) for name in (messages.HOUSE, *messages.STAGES)]
    assert [line for book in books for line in messages.complaints(book)] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
