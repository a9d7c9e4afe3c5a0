"""Addresses of the hours: the mentor's pages here, the school's and the timesheet's beside them."""

from django.urls import path

from celabiedrs.hours import month_path, school_urls
from celabiedrs.hours.views import meeting, month, planning, signing, today

app_name = "hours"
urlpatterns = [
    path("", today.today, name="today"),
    path("tiksanas/", meeting.record, name="record"),
    path("tiksanas/<uuid:public_id>/", meeting.record, name="record"),
    path("rinda/<uuid:public_id>/", meeting.meeting, name="meeting"),
    path("rinda/<uuid:public_id>/labot/", meeting.change, name="change"),
    path("rinda/<uuid:public_id>/anulet/", meeting.void, name="void"),
    path("paraksts/<uuid:public_id>/", signing.learner, name="sign"),
    path("paraksts/<uuid:public_id>/atdot/", signing.hand_back, name="hand-back"),
    path("paraksts/<uuid:public_id>/mentors/", signing.mentor, name="sign-mentor"),
    path("paraksts/<uuid:public_id>/papirs/", signing.paper, name="sign-paper"),
    path("plans/<uuid:public_id>/", today.plan, name="plan"),
    path("plans/<uuid:public_id>/nakama/", planning.next_meeting, name="next"),
    path("menesis/<uuid:public_id>/<month:month>/", month.month, name="month"),
    path("menesis/<uuid:public_id>/<month:month>/nav-tiksanos/", month.no_meetings, name="no-meetings"),
    *school_urls.urlpatterns,
]
__all__ = ["app_name", "month_path", "urlpatterns"]
