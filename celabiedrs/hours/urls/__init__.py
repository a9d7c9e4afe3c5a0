"""Addresses of the hours: the mentor's pages here, the school's and the timesheet's beside them."""

from django.urls import path

from celabiedrs.hours.pages import meeting, month, next_meeting, signatures, today
from celabiedrs.hours.urls import school
from celabiedrs.hours.urls.converters import register_months

app_name = "hours"
register_months()
urlpatterns = [
    path("", today.today, name="today"),
    path("tiksanas/", meeting.record, name="record"),
    path("tiksanas/<uuid:public_id>/", meeting.record, name="record"),
    path("rinda/<uuid:public_id>/", meeting.meeting, name="meeting"),
    path("rinda/<uuid:public_id>/labot/", meeting.change, name="change"),
    path("rinda/<uuid:public_id>/anulet/", meeting.void, name="void"),
    path("paraksts/<uuid:public_id>/", signatures.learner, name="sign"),
    path("paraksts/<uuid:public_id>/atdot/", signatures.hand_back, name="hand-back"),
    path("paraksts/<uuid:public_id>/mentors/", signatures.mentor, name="sign-mentor"),
    path("paraksts/<uuid:public_id>/papirs/", signatures.paper, name="sign-paper"),
    path("plans/<uuid:public_id>/", today.plan, name="plan"),
    path("plans/<uuid:public_id>/nakama/", next_meeting.next_meeting, name="next"),
    path("menesis/<uuid:public_id>/<month:month>/", month.month, name="month"),
    path("menesis/<uuid:public_id>/<month:month>/nav-tiksanos/", month.no_meetings, name="no-meetings"),
    *school.urlpatterns,
]
