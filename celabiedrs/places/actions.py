"""The calendar and the municipalities that ship, put into an empty programme. What is there already stays as it is."""

import csv
import tomllib
from pathlib import Path

from django.db import transaction

from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Break, Municipality, Region, Semester

HERE = Path(__file__).parent


@transaction.atomic
def load_calendar(path: Path = HERE / "calendar.toml") -> int:
    """[CAL-1] Enter the school years of the file that are not known yet; how many rows were new.

    A date that the programme has corrected is never set back.
    """
    years = tomllib.loads(path.read_text("utf-8"))
    new = 0
    for year, known in years.items():
        for row in known["semesters"]:
            dates = {"since": row["since"], "until": row["until"], "source": known["source"]}
            new += Semester.objects.get_or_create(
                year=year, number=row["number"], group=row["group"], defaults=dates
            )[1]
        for row in known["breaks"]:
            dates = {"since": row["since"], "until": row["until"]}
            new += Break.objects.get_or_create(year=year, kind=row["kind"], defaults=dates)[1]
    if new:
        new_edition()
    return new


@transaction.atomic
def load_municipalities(path: Path = HERE / "municipalities.csv") -> int:
    """[REG-1] Enter the municipalities of the file by their code, each in a region; how many were new."""
    new = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if Municipality.objects.filter(atvk=row["atvk"]).exists():
                continue
            region, _ = Region.objects.get_or_create(name=row["planning_region"])
            Municipality.objects.create(atvk=row["atvk"], name=row["name"], region=region)
            new += 1
    return new
