"""Addresses of keeping and disposing."""

from django.urls import path

from celabiedrs.retention.pages import disposals, holds, overview, requests

app_name = "retention"
urlpatterns = [
    path("", overview.keeping, name="keeping"),
    path("registrs/", overview.record, name="record"),
    path("gads/", overview.year, name="year"),
    path("aizturesana/", holds.holds, name="holds"),
    path("aizturesana/jauna/", holds.hold_new, name="hold_new"),
    path("aizturesana/<uuid:public_id>/atcelt/", holds.hold_release, name="release"),
    path("iznicinasana/", disposals.disposals, name="disposals"),
    path("iznicinasana/jauna/", disposals.prepare, name="prepare"),
    path("iznicinasana/<uuid:public_id>/", disposals.proposal, name="proposal"),
    path("iznicinasana/<uuid:public_id>/noraidit/", disposals.decline, name="decline"),
    path("akti/<uuid:public_id>/", disposals.certificate, name="certificate"),
    path("akti/<uuid:public_id>/akts.pdf", disposals.certificate_file, name="certificate_file"),
    path("lugumi/", requests.requests, name="requests"),
    path("lugumi/jauns/", requests.request_new, name="request_new"),
    path("lugumi/<uuid:public_id>/", requests.one_request, name="request"),
    path("lugumi/<uuid:public_id>/atbilde.pdf", requests.answer_file, name="answer_file"),
]
