"""When mentor and learner meet next: said by the mentor, shown on "Today", asked about when nothing follows."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.hours.actions import plan_next_meeting
from celabiedrs.hours.forms.mentor import NextMeetingForm
from celabiedrs.hours.pages.today import diary_of, mentor_of
from celabiedrs.hours.reading.next_meetings import with_next_meeting
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn


@form_page
def next_meeting(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Say when the next meeting is."""
    (diary,) = with_next_meeting([diary_of(request, public_id)], mentor_of(request).pk)
    known = diary.next_meeting
    initial = {"day": known.planned_on, "start": known.starts_at} if known else {}
    form = NextMeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, plan_next_meeting, by=request.user, plan=diary.plan, **form.cleaned_data)
        if done is not None:
            day = shown.day_words(done.thing.planned_on)
            messages.success(request, _("Noted: you meet %(day)s.") % {"day": day})
            return redirect("hours:today")
    return page(request, "hours/next_meeting.html", diary=diary, plan=diary.plan, form=form)
