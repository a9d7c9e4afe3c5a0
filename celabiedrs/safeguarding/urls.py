"""Addresses of the door through the wall: random ids, no word of what is in a report."""

from django.urls import path

from celabiedrs.safeguarding.pages import lists, mentor, numbers, report

app_name = "safeguarding"
urlpatterns = [
    path("", mentor.door, name="door"),
    path("jauns/<uuid:public_id>/", mentor.report_now, name="report_now"),
    path("sanemtie/", lists.received, name="received"),
    path("fakti/", lists.facts, name="facts"),
    path("numuri/", numbers.numbers, name="numbers"),
    path("numuri/jauns/", numbers.number, name="number_new"),
    path("numuri/<uuid:public_id>/", numbers.number, name="number"),
    path("numuri/<uuid:public_id>/nonemt/", numbers.number_away, name="number_away"),
    path("<uuid:public_id>/", report.report, name="report"),
    path("<uuid:public_id>/izlasits/", report.acknowledge, name="acknowledge"),
    path("<uuid:public_id>/<slug:act>/", report.step, name="step"),
]
