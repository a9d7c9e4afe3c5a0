"""Forms of a plan's end: evaluation and feedback, how it goes on, closing, the call, the wording of the questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.closing.models import Continue, EndOutcome, QuestionSet, WayOn, WishedBy
from celabiedrs.closing.words import worded
from celabiedrs.lib.look.fields import RawDay, TextField, asked_by_rule
from celabiedrs.lib.look.widgets import Tiles
from celabiedrs.lib.web import ActForm
from celabiedrs.rules.parameters import whole_range

PROJECT_READERS = _("you, the project expert and the programme; the school only sees that it is in")
SCHOOL_READERS = _("the school, the project expert and the programme; not the mentor")
END_READERS = _("the school and the project expert")


class Scale(Tiles):
    """Marks as tiles, with words at both ends."""

    template_name = "closing/_scale.html"

    def __init__(self, low: str, high: str) -> None:
        super().__init__()
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"low": self.low, "high": self.high}


class EvaluationForm(ActForm):
    """The mentor's five answers in the wording in force, and whether to go on (EVA-2, EVA-4)."""

    arguments = {"closed": "closed_1", "open": "open_1", "go_on": "go_on"}

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, questions: QuestionSet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = questions.version
        low, high = whole_range("evaluation_scale", questions.since)
        for number, question in enumerate(questions.closed, start=1):
            ends = [worded(question.get(end, {})) for end in ("low", "high")]
            self.fields[f"closed_{number}"] = forms.TypedChoiceField(
                label=worded(question),
                choices=[(mark, str(mark)) for mark in range(low, high + 1)],
                coerce=int,
                widget=Scale(*ends),
                error_messages={"required": _("Choose a mark.")},
            )
        for number, question in enumerate(questions.open, start=1):
            self.fields[f"open_{number}"] = TextField(
                label=worded(question), lines=4, max_length=4000, readers=PROJECT_READERS
            )
        self.fields["go_on"] = forms.ChoiceField(
            label=_("Shall the mentoring go on in the next semester?"),
            choices=Continue.choices,
            widget=Tiles,
            help_text=_("This one answer the school sees, to agree with you on what comes next."),
            error_messages={"required": _("Choose yes, no or not yet known.")},
        )

    @classmethod
    def initial_of(cls, closed: list[int], answers: list[str], goes_on: str) -> dict[str, Any]:
        values: dict[str, Any] = {f"closed_{number}": mark for number, mark in enumerate(closed, start=1)}
        values |= {f"open_{number}": text for number, text in enumerate(answers, start=1)}
        return values | {"go_on": goes_on}

    def answers(self) -> dict[str, Any]:
        """As `evaluate` takes them."""
        given = self.cleaned_data
        return {
            "closed": [given[name] for name in self.fields if name.startswith("closed_")],
            "open_answers": [given[name] for name in self.fields if name.startswith("open_")],
            "go_on": given["go_on"],
            "version": given["version"],
        }


class FeedbackForm(ActForm):
    """The preparer's own word (EVA-3)."""

    text = TextField(
        label=_("What has the support brought?"),
        lines=6,
        max_length=4000,
        readers=SCHOOL_READERS,
        help_text=_("What changed for the learner at school, and what helped. A few sentences are enough."),
    )


class WayForm(ActForm):
    """How it goes on after the plan (EVA-4)."""

    way = forms.ChoiceField(
        label=_("How does it go on?"),
        choices=[
            (WayOn.CONTINUE, _("Continue: the next plan is prepared from this one")),
            (WayOn.FINISH_WELL, _("Finish well: a last meeting with a goodbye")),
            (WayOn.HAND_OVER, _("Hand over to another mentor")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )


class CloseForm(ActForm):
    """How the plan ends; more is asked where it ends early, a reason also where the evaluation is missing (DUT-3)."""

    outcome = forms.ChoiceField(
        label=_("How does the plan end?"),
        choices=EndOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the plan ends.")},
    )
    wished_by = asked_by_rule(
        forms.ChoiceField(
            label=_("Who wished it?"), choices=WishedBy.choices, widget=forms.RadioSelect, required=False
        )
    )
    avoidable = asked_by_rule(
        forms.ChoiceField(
            label=_("Could it have been avoided?"),
            choices=[("yes", _("yes")), ("no", _("no"))],
            widget=Tiles,
            required=False,
        )
    )
    reason = asked_by_rule(
        TextField(
            label=_("Reason"),
            lines=3,
            max_length=500,
            required=False,
            readers=END_READERS,
            help_text=_(
                "Where the plan ends early or the evaluation is missing. Nothing private: no diagnoses, nothing that "
                "was told in confidence."
            ),
        )
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == EndOutcome.ENDED_EARLY:
            for name, words in (
                ("wished_by", _("Say who wished the early end.")),
                ("reason", _("Say in a sentence why it ends early.")),
                ("avoidable", _("Say whether it could have been avoided.")),
            ):
                if not given.get(name):
                    self.add_error(name, words)
        return given

    def values(self) -> dict[str, Any]:
        """As `close_plan` takes them; what is asked of an early end falls away for the others."""
        given = self.cleaned_data
        early = given["outcome"] == EndOutcome.ENDED_EARLY
        return {
            "outcome": given["outcome"],
            "reason": given["reason"],
            "wished_by": given["wished_by"] if early else "",
            "avoidable": given["avoidable"] == "yes" if early else None,
        }


class CallForm(ActForm):
    day = RawDay(
        label=_("On which day did you call?"),
        help_text=_("Only the day is kept. What was said is not written down."),
    )


class WordingForm(ActForm):
    """A new wording of the five questions (EVA-2). Latvian is asked for, English where there is one."""

    since = RawDay(label=_("From which day"), help_text=_("Answers given before keep the old wording."))
    official = forms.BooleanField(
        label=_("This is the official wording"),
        required=False,
        help_text=_("Without the tick the questions are marked as our own wording."),
    )

    def __init__(self, closed: int, opened: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed, self.opened = closed, opened
        for number in range(1, closed + 1):
            self._pair(f"closed_{number}", _("Question %(n)s, answered by a mark") % {"n": number}, 300)
            self._pair(f"closed_{number}_low", _("In words: what the lowest mark means"), 60)
            self._pair(f"closed_{number}_high", _("In words: what the highest mark means"), 60)
        for number in range(1, opened + 1):
            words = _("Question %(n)s, answered in words") % {"n": closed + number}
            self._pair(f"open_{number}", words, 300)

    def _pair(self, name: str, label: Any, length: int) -> None:
        self.fields[f"{name}_lv"] = TextField(label=label, max_length=length)
        english = _("%(label)s, in English") % {"label": label}
        self.fields[f"{name}_en"] = TextField(label=english, max_length=length, required=False)

    @classmethod
    def initial_of(cls, questions: QuestionSet) -> dict[str, str]:
        """The newest wording, to be changed."""
        values: dict[str, str] = {}
        for number, question in enumerate(questions.closed, start=1):
            parts = {"": question, "_low": question.get("low", {}), "_high": question.get("high", {})}
            for end, words in parts.items():
                values |= {f"closed_{number}{end}_{tongue}": words.get(tongue, "") for tongue in ("lv", "en")}
        for number, question in enumerate(questions.open, start=1):
            values |= {f"open_{number}_{tongue}": question.get(tongue, "") for tongue in ("lv", "en")}
        return values

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each question together, as the page draws them."""
        names = [f"closed_{number}" for number in range(1, self.closed + 1)]
        names += [f"open_{number}" for number in range(1, self.opened + 1)]
        return [
            {"number": number, "fields": [self[each] for each in self.fields if each.startswith(f"{name}_")]}
            for number, name in enumerate(names, start=1)
        ]

    def _words(self, name: str) -> dict[str, str]:
        return {tongue: self.cleaned_data[f"{name}_{tongue}"] for tongue in ("lv", "en")}

    def values(self) -> dict[str, Any]:
        """As `publish_questions` takes them."""
        closed = [
            {
                **self._words(f"closed_{number}"),
                "low": self._words(f"closed_{number}_low"),
                "high": self._words(f"closed_{number}_high"),
            }
            for number in range(1, self.closed + 1)
        ]
        return {
            "since": self.cleaned_data["since"],
            "closed": closed,
            "open_questions": [self._words(f"open_{number}") for number in range(1, self.opened + 1)],
            "ours": not self.cleaned_data["official"],
        }
