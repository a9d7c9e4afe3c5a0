"""The mentor's forms. They keep what was typed as it was typed: whether it is a meeting the rules say."""

import base64
import binascii
import io
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops

from celabiedrs.hours.forms.widgets import DayTiles, TopicLine, TopicTiles
from celabiedrs.hours.models import Meeting, Outcome
from celabiedrs.hours.reading.diary import PlanDiary
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.fields import RawClock, RawDay, RawHours, RawText, TextField
from celabiedrs.lib.look.widgets import HoursTiles, Tiles
from celabiedrs.lib.web import ActForm
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import any_hours, read_day

READERS = _("the school and the project expert")
MOST_BYTES = 100 * 1024
MOST_PIXELS = 4000
PNG = "data:image/png;base64,"


class MeetingForm(ActForm):
    """One meeting, new or changed."""

    outcome = forms.ChoiceField(
        label=_("How it went"),
        choices=[
            (Outcome.HELD, _("It was held")),
            (Outcome.LEARNER_ABSENT, _("The learner did not come")),
            (Outcome.CANCELLED, _("It was cancelled")),
        ],
        widget=Tiles,
        initial=Outcome.HELD,
    )
    day = RawDay(label=_("Day"), widget=DayTiles)
    hours = RawHours(label=_("Hours"), widget=HoursTiles)
    topic = RawText(
        label=_("What was done"),
        widget=TopicTiles,
        readers=READERS,
        help_text=_("About what was done, in a few words. What the learner confided is not written here."),
    )
    start = RawClock(
        label=_("Start"),
        required=False,
        help_text=_(
            "Can stay empty when the meeting has just ended: the start is then counted back from now."
        ),
    )
    end = RawClock(
        label=_("End"),
        required=False,
        help_text=_("In place of the hours: the full academic hours between start and end are counted."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = whole("academic_hour_minutes", clock.today())
        self.fields["hours"].help_text = _("Whole academic hours; one is %(minutes)s minutes.") % {
            "minutes": minutes
        }

    def given(self) -> dict[str, Any]:
        """The row as the acts take it: raw."""
        typed = {name: self.data_of(name) for name in ("outcome", "day", "hours", "topic", "start", "end")}
        return typed | {"hours": typed["hours"] or None, "end": typed["end"] or None}

    def data_of(self, name: str) -> str:
        """What was typed into a field, cleaned where that was possible."""
        return str(self.cleaned_data.get(name, self[name].value() or ""))


class RecordForm(MeetingForm):
    """A new meeting, of one learner among several or of the one whose page it was opened from."""

    field_order = ("plan", "day", "hours", "topic", "start", "end", "outcome")

    def __init__(self, diaries: Iterable[PlanDiary], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(diaries)
        if len(found) > 1:
            self.fields["plan"] = forms.ChoiceField(
                label=_("With whom"),
                choices=[(str(diary.plan.public_id), self._named(diary)) for diary in found],
                widget=Tiles,
                error_messages={
                    "required": _("Choose the learner."),
                    "invalid_choice": _("Choose the learner."),
                },
            )
        self.order_fields(self.field_order)

    @staticmethod
    def _named(diary: PlanDiary) -> str:
        left = gettext("%(hours)s left") % {"hours": shown.hours(diary.left)}
        return format_html("{}<small>{}</small>", diary.plan.learner.name, left)

    def given(self) -> dict[str, Any]:
        """As typed; where the start was left empty on the day itself, counted back from now."""
        values = super().given()
        if not values["start"] and not values["end"] and read_day(values["day"]) == clock.today():
            values["start"] = just_ended(values["hours"])
        return values


class NextMeetingForm(ActForm):
    """When mentor and learner meet next."""

    day = RawDay(label=_("Day"))
    start = RawClock(label=_("Hour"), required=False, help_text=_("Can stay open."))


def just_ended(hours: object) -> str:
    """The start of a meeting that ends now, to the last full five minutes; never before midnight."""
    read = any_hours(hours)
    length = read if isinstance(read, int) and read <= whole("meeting_hours_ceiling", clock.today()) else 1
    now = clock.now().astimezone(clock.RIGA).replace(second=0, microsecond=0)
    now -= timedelta(minutes=now.minute % 5)
    start = now - timedelta(minutes=length * whole("academic_hour_minutes", clock.today()))
    return f"{max(start, now.replace(hour=0, minute=0)):%H:%M}"


class ChangeForm(MeetingForm):
    """A row that stands already. `version` says which one the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = TextField(
        label=_("Reason for the change"),
        required=False,
        max_length=300,
        help_text=_("Needed when somebody has signed already."),
        readers=READERS,
    )

    field_order = ("outcome", "day", "start", "hours", "end", "topic", "reason")

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = self._standing(meeting)
        super().__init__(*args, **kwargs)
        self.fields["topic"].widget = TopicLine()
        self.fields["start"].required = True
        self.fields["start"].help_text = ""

    @staticmethod
    def _standing(meeting: Meeting) -> dict[str, Any]:
        begins, ends = meeting.starts_at.astimezone(clock.RIGA), meeting.ends_at.astimezone(clock.RIGA)
        held = meeting.outcome == Outcome.HELD
        academic = whole("academic_hour_minutes", meeting.held_on)
        full = (meeting.ends_at - meeting.starts_at) == timedelta(minutes=meeting.hours * academic)
        return {
            "outcome": meeting.outcome,
            "day": meeting.held_on,
            "start": begins.time(),
            "hours": str(meeting.hours) if held and full else "",
            "end": ends.time() if held and not full else None,
            "topic": meeting.topic,
            "version": meeting.version,
        }


class VoidForm(ActForm):
    reason = TextField(label=_("Reason"), max_length=300, readers=READERS)


class SubmitForm(ActForm):
    """The declaration with which a month is submitted (CON-9); `anyway` answers the question of LOG-8."""

    declared = forms.BooleanField(
        label=_(
            "I declare that no other project, programme or source of funding counts or pays for these hours."
        ),
        required=False,
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SignatureForm(ActForm):
    """A drawn signature (a PNG as data URL) or a typed name, under the names that the signature pad gives."""

    def __init__(self, party: str, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields[f"{party}_image"] = forms.CharField(required=False, strip=True)
        self.fields[f"{party}_typed"] = TextField(label=_("Signature"), required=False, max_length=120)

    @property
    def typed(self) -> str:
        return str(self.cleaned_data.get(f"{self.party}_typed", ""))

    drawing: bytes | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        image, field = cleaned.get(f"{self.party}_image", ""), f"{self.party}_typed"
        if image:
            try:
                self.drawing = read_drawing(image)
            except ValidationError as wrong:
                self.add_error(field, wrong)
        typed = cleaned.get(field, "")
        if self.errors:
            return cleaned
        if not image and not typed:
            self.add_error(field, _("Draw the signature or type the name."))
        elif typed and sum(sign.isalpha() for sign in typed) < 2:
            self.add_error(field, _("A name has at least two letters."))
        return cleaned


def read_drawing(data_url: str) -> bytes:
    """The PNG of a data URL; ValidationError where it is none, or larger than 100 kB."""
    wrong = ValidationError(_("The drawing did not arrive whole. Draw it again or type the name."))
    if not data_url.startswith(PNG):
        raise wrong
    if len(data_url) > len(PNG) + MOST_BYTES * 4 // 3 + 4:
        raise ValidationError(_("The drawing is too large. Draw it again or type the name."))
    try:
        content = base64.b64decode(data_url[len(PNG) :], validate=True)
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > MOST_PIXELS:
                raise wrong
            picture.verify()
        return cropped(content)
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise wrong from None


def cropped(content: bytes) -> bytes:
    """The ink of a drawn signature with a little air around it: the empty canvas would make it tiny on the sheet."""
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    ink = ImageChops.difference(
        Image.alpha_composite(paper, drawn).convert("L"), paper.convert("L")
    ).getbbox()
    if ink is None:
        return content
    air = 8
    left, top, right, bottom = ink
    box = (
        max(left - air, 0),
        max(top - air, 0),
        min(right + air, drawn.width),
        min(bottom + air, drawn.height),
    )
    kept = io.BytesIO()
    drawn.crop(box).save(kept, "PNG", optimize=True)
    return kept.getvalue()
