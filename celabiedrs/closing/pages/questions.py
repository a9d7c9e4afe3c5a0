"""The wording of the mentor's five questions: its versions, and publishing a new one (EVA-2)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import may_publish_questions
from celabiedrs.closing.actions import publish_questions
from celabiedrs.closing.facts import questions_in_force
from celabiedrs.closing.forms.ends import WordingForm
from celabiedrs.closing.models import QuestionSet
from celabiedrs.closing.words import worded
from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.look import shown
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.plans.pages.scope import posted_data
from celabiedrs.rules.parameters import whole


@require_safe
def questions(request: SignedIn) -> HttpResponse:
    """Every wording, the newest first."""
    require(may_publish_questions(request.user))
    now = questions_in_force()
    rows = [
        {
            "set": each,
            "now": each == now,
            "later": each.since > clock.today(),
            "closed": [
                {
                    "question": worded(question),
                    "low": worded(question.get("low", {})),
                    "high": worded(question.get("high", {})),
                }
                for question in each.closed
            ],
            "open": [worded(question) for question in each.open],
        }
        for each in QuestionSet.objects.order_by("-version")
    ]
    return page(request, "closing/questions.html", rows=rows)


@form_page
def publish(request: SignedIn) -> HttpResponse:
    """A new wording, begun from the newest one."""
    by, today = request.user, clock.today()
    require(may_publish_questions(by))
    newest = QuestionSet.objects.order_by("-version").first()
    counts = (whole("evaluation_closed_questions", today), whole("evaluation_open_questions", today))
    initial = WordingForm.initial_of(newest) if newest else {}
    form = WordingForm(*counts, posted_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, publish_questions, by=by, **form.values())
        if done is not None:
            words = _("The new wording holds from %(day)s.") % {"day": shown.day(done.thing.since)}
            messages.success(request, words)
            return redirect("closing:questions")
    return page(request, "closing/questions_new.html", form=form, groups=form.groups())
