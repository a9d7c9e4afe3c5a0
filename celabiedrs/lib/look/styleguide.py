"""Made-up people and numbers for the style guide; nothing here touches the database."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from celabiedrs.lib.clock import RIGA
from celabiedrs.lib.look.fields import RawClock, RawDay, RawHours, RawMoney, TextField
from celabiedrs.lib.look.widgets import HoursTiles, Tiles
from celabiedrs.rules.breach import Breach, Caution

MET = date(2026, 10, 12)


class MeetingSample(forms.Form):
    learner = forms.ChoiceField(
        label="Ar ko bija tikšanās",
        choices=[("j", "Jānis Paraugs"), ("e", "Elza Piemēra"), ("m", "Markuss Izdomāts")],
        widget=Tiles,
    )
    day = RawDay(label="Diena")
    start = RawClock(label="Sākums", help_text="Piemēram, 15:00.")
    hours = RawHours(label="Stundas", widget=HoursTiles, help_text="Viena akadēmiskā stunda ir 40 minūtes.")
    topic = TextField(
        label="Tēma vai sasniegtais", lines=3, readers="skola un projekta eksperts",
        help_text="Īsi, par darbību. Par jaunieša noslēpumiem šeit neraksta.",
    )  # fmt: skip
    paid = RawMoney(label="Ceļa izdevumi", required=False)
    outcome = forms.ChoiceField(
        label="Kā notika", choices=[("held", "Notika"), ("absent", "Jaunietis neieradās"), ("off", "Atcelta")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    school = forms.ChoiceField(
        label="Skola", choices=[("1", "Paraugu pamatskola"), ("2", "Piemēru vidusskola")]
    )
    agreed = forms.BooleanField(label="Apliecinu, ka stundas nepārklājas ar citu apmaksātu darbu")


def _rows() -> list[dict[str, Any]]:
    words = [
        ("green", "apstiprināms", "", 14, "Pastaiga un iepazīšanās"),
        ("amber", "ierakstīts vēlu", "is-amber", 19, "Karjeras dienasgrāmata"),
        ("red", "trūkst paraksta", "is-red", 8, "Novadpētniecības muzejs"),
    ]
    names = ["Jānis Paraugs", "Elza Piemēra", "Markuss Izdomāts"]
    return [
        {
            "name": name,
            "tone": tone,
            "state": state,
            "row": row,
            "hours": hours,
            "topic": topic,
            "sum": hours * 28.5,
        }
        for name, (tone, state, row, hours, topic) in zip(names, words, strict=True)
    ]


def samples(request: HttpRequest) -> dict[str, Any]:
    """The context of styleguide.html: one entry a component."""
    wrong = MeetingSample(
        {"learner": "j", "day": "12.13.2026.", "start": "15:00", "hours": "2,5", "outcome": "held"}
    )
    wrong.is_valid()
    at = datetime(2026, 10, 12, 16, 4, tzinfo=RIGA)
    breach = Breach(
        "TG-5", "Mēnesī %(month)s jaunietim būtu %(sum)s st.; mēnesī iespējamas ne vairāk kā 20.",
        "Pierakstīt ne vairāk kā %(left)s st. vai pārbaudīt mēneša ierakstus.",
        {"month": "10.2026", "sum": 21, "left": 1},
    )  # fmt: skip
    return {
        "viewer": {"name": "Ilze Ozola", "post": "Mentore"},
        "nav": [("Šodien", "#", True), ("Mēnesis", "#band", False), ("Mani jaunieši", "#task", False)],
        "crumbs": [("Sākums", "/"), ("Oktobris", "#"), ("Jānis Paraugs", "")],
        "breaches": [breach, Breach("CAL-4", "%(day)s. neietilpst nevienā semestrī.", "", {"day": date(2026, 12, 24)})],
        "cautions": [Caution("MEN-9", "Līgums beidzas %(day)s.", "", {"day": date(2026, 12, 18)})],
        "form": MeetingSample({"learner": "j", "day": "2026-10-12", "start": "15:00", "hours": "2", "outcome": "held"}),
        "blank": MeetingSample(initial={"day": MET, "hours": "2", "learner": "j"}, prefix="a"),
        "wrong": wrong,
        "waits": [
            {"title": "Oktobris: 3 tikšanās bez jaunieša paraksta", "text": "Jānis Paraugs", "tone": "red",
             "url": "#", "label": "Parakstīt"},
            {"title": "Septembris atdots labošanai", "text": "Iemesls: 14.09. stundas atšķiras no papīra.",
             "tone": "amber", "url": "#", "label": "Labot"},
            {"title": "Oktobri var iesniegt", "text": "14 st., viss parakstīts", "tone": "green", "url": "#",
             "label": "Iesniegt"},
        ],
        "tasks": [
            {"title": "Iesniegums no vecāka", "url": "#", "tone": "green", "state": "pievienots"},
            {"title": "Vienošanās ar jaunieti", "url": "#", "tone": "amber", "state": "trūkst viena paraksta"},
            {"title": "Mentora līgums", "url": "#", "tone": "red", "state": "trūkst"},
            {"title": "Nosūtīšana ekspertam", "tone": "grey", "state": "vēl nevar",
             "text": "Vispirms jāpabeidz pārējais."},
        ],
        "summary": [
            {"label": "Jaunietis", "value": "Jānis Paraugs"},
            {"label": "Tikšanās", "value": "12.10.2026., 15:00–16:20, 2 st.", "url": "#", "act": "Labot"},
            {"label": "Tēma", "value": "Karjeras dienasgrāmatas veidošana", "url": "#", "act": "Labot"},
        ],
        "events": [
            {"title": "Skola atdeva mēnesi", "at": at, "who": "Anna Kalniņa, atbildīgā persona",
             "text": "Lūdzu pārbaudīt 14.09. stundas."},
            {"title": "Mentore iesniedza mēnesi", "at": at - timedelta(days=1), "who": "Ilze Ozola"},
            {"title": "Eksperts apstiprināja plānu", "at": at - timedelta(days=30), "who": "projekta eksperts"},
        ],
        "rows": _rows(),
        "tabs": [
            {"label": "Ar novirzēm", "url": "#", "count": 4, "current": True},
            {"label": "Zaļie", "url": "#", "count": 38, "current": False},
            {"label": "Visi", "url": "#", "count": None, "current": False},
        ],
        "steps": ["Tikšanās", "Jaunieša paraksts", "Mentora paraksts"],
        "page": Paginator(list(range(300)), 25).page(2),
        "semester": SimpleNamespace(
            since=date(2026, 9, 1), until=date(2026, 12, 18), today=MET,
            breaks=[(date(2026, 10, 19), date(2026, 10, 23), "rudens brīvdienas")],
            plan_since=date(2026, 9, 14), plan_until=date(2026, 12, 18),
            meetings=[date(2026, 9, 16), date(2026, 9, 23), date(2026, 9, 30), date(2026, 10, 7), MET],
        ),
        "at": at,
        "day": MET,
    }  # fmt: skip
