"""Forms of supervision. They keep what was typed as it was typed: what it means the rules say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawClock, RawDay, RawNumber, RawText, asked_by_rule
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Municipality
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.theme import THEME_CHARACTERS

PLACE, REASON = 200, 300


class PlanForm(ActForm):
    """A session to be planned. Its length and that it is in person are not asked, and not taken on trust either."""

    group = forms.ChoiceField(label=_("Group"), required=False, widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"),
        label=_("Municipality"),
        help_text=_("Its schools nominate; a neighbour's mentor joins by exception only."),
        required=False,
    )
    day = RawDay(label=_("Day"))
    start = RawClock(label=_("Start"))
    place = RawText(
        label=_("Place"),
        max_length=PLACE,
        help_text=_("House, street, room: so that a mentor who was never there finds it."),
    )
    minutes = forms.CharField(required=False, widget=forms.HiddenInput)
    mode = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]
        for name in ("group", "municipality"):
            asked_by_rule(self.fields[name])


class MentorsForm(ActForm):
    """Mentors to be ticked, by the ids that their rows carry."""

    arguments = {"mentor": "mentors", "members": "mentors", "attended": "mentors"}

    mentors = forms.MultipleChoiceField(
        label=_("Mentors"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the mentors on this page.")},
    )

    def __init__(self, *args: Any, among: Iterable[Mentor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {str(mentor.public_id): mentor for mentor in among}
        self.fields["mentors"].choices = [(key, key) for key in self.among]  # type: ignore[attr-defined]

    def chosen(self) -> list[Mentor]:
        return [self.among[key] for key in self.cleaned_data.get("mentors", [])]

    def ticked(self) -> set[str]:
        """What is ticked on the page, as it was sent or as it begins."""
        return {str(key) for key in self["mentors"].value() or ()}


class CorrectionForm(MentorsForm):
    """Who was there after all, and what was marked wrongly (SUP-1)."""

    reason = RawText(
        label=_("What was marked wrongly"),
        max_length=REASON,
        lines=2,
        readers=_("those who watch over supervision in the programme"),
    )


class ComposeForm(MentorsForm):
    """The group, and why somebody of a neighbouring municipality is in it (SUP-5)."""

    exception_reason = RawText(
        label=_("Why somebody from a neighbouring municipality joins"),
        max_length=REASON,
        lines=2,
        readers=_("those who watch over supervision in the programme"),
        help_text=_("Only where such a mentor is chosen."),
    )


class ThemeForm(ActForm):
    """A theme for the session, without a name (CNF-1)."""

    text = RawText(
        label=_("Theme or question"),
        lines=5,
        readers=_("the supervisor of this session, without knowing who sent it"),
        help_text=_("Up to %(limit)s characters, without names of people, schools and places.")
        % {"limit": THEME_CHARACTERS},
    )


class KindForm(ActForm):
    """A kind of group; whom it is for and how large it is the operator says (SUP-2)."""

    code = RawText(label=_("Code"), max_length=40, help_text=_("Short, for example I or III."))
    name = RawText(label=_("Whom the group is for"), max_length=160)
    class_since = RawNumber(
        label=_("Classes from"),
        required=False,
        help_text=_("Empty, with no courses either: for the supporters of any learner."),
    )
    class_until = RawNumber(
        label=_("Classes to"),
        required=False,
    )
    courses = forms.BooleanField(label=_("Courses of vocational schools as well"), required=False)
    size_limit = RawNumber(
        label=_("Mentors at most"),
        required=False,
        help_text=_("The material sets no size; empty: none is set."),
    )


class DescribedKindForm(KindForm):
    """Group II: whom it is for stands in the material (SUP-4)."""

    code = None  # type: ignore[assignment]
    class_since = None  # type: ignore[assignment]
    class_until = None  # type: ignore[assignment]
    courses = None  # type: ignore[assignment]
    name = RawText(label=_("Whom the group is for"), max_length=160, required=False)


class OwnKindForm(KindForm):
    """A kind that is there already: its code stays."""

    code = None  # type: ignore[assignment]
