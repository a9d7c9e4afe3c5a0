"""Addresses of the registry. They stand here, above plans and contracts, so that its pages can be handed what those
know (docs/decisions/0016-registry-pages.md)."""

from django.urls import path

from celabiedrs.contracts.pages import corrections
from celabiedrs.desk.reading.registry import briefs, stage_lines
from celabiedrs.plans.reading.capacity import places_taken
from celabiedrs.programme.pages import imports
from celabiedrs.registry.pages import enrolment, entry, mentors, rounds, talk

app_name = "registry"
urlpatterns = [
    path("", mentors.mentors, {"taken": places_taken}, name="list"),
    path("mans/", entry.mine, {"taken": places_taken}, name="mine"),
    path("jauns/", enrolment.mentor_new, name="mentor_new"),
    path("kartas/", rounds.rounds, name="rounds"),
    path("kartas/imports/", rounds.take_in, {"long": imports.long_round}, name="import"),
    path("kartas/paraugs.csv", rounds.example, name="example"),
    path("<uuid:public_id>/", entry.mentor, {"taken": places_taken, "beside": stage_lines}, name="mentor"),
    path("<uuid:public_id>/sarunas/", talk.talk, {"briefs": briefs}, name="talk"),
    path("<uuid:public_id>/aplieciba/", enrolment.certificate, name="certificate"),
    path("<uuid:public_id>/labot/", corrections.correct, name="correct"),
    path("<uuid:public_id>/izglitiba/", entry.education, name="education"),
    path("<uuid:public_id>/priekslikums/", entry.change, name="change"),
]
