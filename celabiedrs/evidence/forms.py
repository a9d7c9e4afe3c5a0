"""Forms of the evidence. What they hold the rules judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawMonth, RawNumber, RawText
from celabiedrs.lib.web import ActForm
from celabiedrs.people.models import Post, Role, User
from celabiedrs.people.reading.audience import not_over
from celabiedrs.places.models import Institution, Region


class DrawForm(ActForm):
    """From what a sample is drawn, for whom, how large."""

    auditor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Auditor"),
        help_text=_("Who holds an auditor's post now or later; the post has its own last day."),
    )
    month = RawMonth(
        label=_("Month"), required=False, help_text=_("Either a month or a semester. For example 10.2026.")
    )
    semester = RawText(
        label=_("Semester"), required=False, max_length=9, help_text=_("For example 2026/27-1")
    )
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"), label=_("Only this region"), required=False, empty_label="–"
    )
    employer = forms.ModelChoiceField(
        Institution.objects.order_by("sort_name", "pk"),
        label=_("Only this employer"),
        required=False,
        empty_label="–",
    )
    share = RawNumber(label=_("Share of the plans, per cent"), required=False)
    least = RawNumber(label=_("At least so many plans"), required=False)
    most = RawNumber(label=_("At most so many plans"), required=False)
    by_amount = forms.BooleanField(
        label=_("Weighted by what was paid: a plan with twice the amount is twice as likely to be drawn"),
        required=False,
    )
    start = RawNumber(
        label=_("Random start"),
        required=False,
        help_text=_(
            "Leave it empty: the system draws one. A number is entered to draw an earlier sample again."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(not_over(), role=Role.AUDITOR).order_by()
        people = User.objects.filter(pk__in=posts.values("person")).order_by("sort_name", "pk")
        self.fields["auditor"].queryset = people  # type: ignore[attr-defined]
