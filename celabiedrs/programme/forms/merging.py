"""Forms of merging two entries and of closing an institution."""

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution


class MergeForm(ActForm):
    """Why two entries are one."""

    reason = RawText(
        label=_("How you know that it is one"), max_length=300, readers=_("programme administrators")
    )


class TwoInstitutionsForm(forms.Form):
    """Two institutions that are one, whatever they are called."""

    keep = forms.ModelChoiceField(
        Institution.objects.order_by("sort_name", "pk"), label=_("Stays"), to_field_name="public_id"
    )
    gone = forms.ModelChoiceField(
        Institution.objects.order_by("sort_name", "pk"),
        label=_("Is merged into it"),
        to_field_name="public_id",
    )


class CloseInstitutionForm(ActForm):
    """The last day of an institution."""

    day = RawDay(label=_("Last day"))
