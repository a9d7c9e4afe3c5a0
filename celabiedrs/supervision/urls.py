"""Addresses of supervision."""

from django.urls import path

from celabiedrs.supervision.pages import certificate, kinds, lists, session, supervisor, themes

app_name = "supervision"
urlpatterns = [
    path("", lists.sessions, name="list"),
    path("manas/", lists.mine, name="mine"),
    path("planot/", supervisor.plan, name="plan"),
    path("grupas/", kinds.kinds, name="kinds"),
    path("grupas/jauna/", kinds.kind_new, name="kind_new"),
    path("grupas/<str:code>/", kinds.kind, name="kind"),
    path("<uuid:public_id>/", session.session, name="session"),
    path("<uuid:public_id>/interese/", session.interest, name="interest"),
    path("<uuid:public_id>/interese/atsaukt/", session.withdraw, name="withdraw"),
    path("<uuid:public_id>/pieteikt/", session.nominate, name="nominate"),
    path("<uuid:public_id>/pieteikt/<uuid:mentor_id>/atsaukt/", session.unnominate, name="unnominate"),
    path("<uuid:public_id>/sastavs/", supervisor.compose, name="compose"),
    path("<uuid:public_id>/apstiprinat/", supervisor.confirm, name="confirm"),
    path("<uuid:public_id>/notikusi/", supervisor.hold, name="hold"),
    path("<uuid:public_id>/notikusi/labot/", supervisor.correct, name="correct"),
    path("<uuid:public_id>/atcelt/", supervisor.cancel, name="cancel"),
    path("<uuid:public_id>/tema/", themes.theme, name="theme"),
    path("<uuid:public_id>/tema/<uuid:theme_id>/iznemt/", themes.take_away, name="take_theme_away"),
    path("<uuid:public_id>/apliecinajums/<uuid:mentor_id>.pdf", certificate.certificate, name="certificate"),
]
