"""What is confided: a private note, and two reports of danger – one taken up, one that waits to be read."""

from datetime import time, timedelta

from celabiedrs.lib import clock
from celabiedrs.notes.actions import write_note
from celabiedrs.people.models import Role
from celabiedrs.safeguarding.actions import acknowledge_report, keep_number, raise_report, refer_report
from celabiedrs.safeguarding.models import SafeguardingReport
from rehearsal.demo import words
from rehearsal.demo.cast import Cast, Track
from rehearsal.demo.scenery import Scenery

NUMBERS = (
    ("Bērnu un pusaudžu uzticības tālrunis", "116 111", "saruna ar psihologu, visu diennakti", 10),
    ("Bāriņtiesa (izdomāts numurs)", "64 000 001", "bērna drošība ģimenē", 20),
)
WAITED = timedelta(minutes=25)


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """The note at the beginning of the month; the reports six days ago and just now."""
    first, second = cast.tracks_of(mentor=1)[:2]
    _numbers(scenery)
    scenery.later(clock.moment_of(scenery.months[-1].since, time(0, 1)), lambda: _note(scenery, first))
    evening = clock.moment_of(scenery.today - timedelta(days=6), time(19, 40))
    scenery.later(evening, lambda: _report(scenery, first, words.REPORT, "danger", ["Bāriņtiesa"]))
    scenery.later(evening + timedelta(minutes=17), lambda: _taken_up(scenery, first))
    scenery.later(
        scenery.now - WAITED, lambda: _report(scenery, second, words.SECOND_REPORT, "radicalisation", [])
    )


def _numbers(scenery: Scenery) -> None:
    with clock.at(scenery.now - timedelta(days=30)):
        for name, phone, purpose, position in NUMBERS:
            keep_number(
                by=scenery.holder(Role.PROGRAMME_ADMINISTRATOR, ""),
                number=None,
                name=name,
                phone=phone,
                purpose=purpose,
                region=None,
                position=position,
            )


def _note(scenery: Scenery, track: Track) -> None:
    by = scenery.person(scenery.mentor(1).user_id)
    write_note(by=by, plan=track.plan(scenery.label_now()), text=words.NOTE)


def _report(scenery: Scenery, track: Track, text: str, grounds: str, told: list[str]) -> None:
    plan = track.plan(scenery.label_now())
    by = scenery.person(scenery.mentor(1).user_id)
    said = text.format(name=plan.learner.name.split()[0])
    raise_report(by=by, plan=plan, grounds=grounds, text=said, services=told)


def _taken_up(scenery: Scenery, track: Track) -> None:
    plan = track.plan(scenery.label_now())
    report = SafeguardingReport.objects.get(plan=plan)
    officer = scenery.holder(Role.SAFEGUARDING_OFFICER, track.school)
    acknowledge_report(by=officer, report=report)
    refer_report(by=officer, report=report, what=words.REFERRED)
