"""Addresses of the expert's desk, of a plan's life and of its questions."""

from django.urls import path

from celabiedrs.plans.pages import decision, life, questions, talks

life_urls = [
    path("rinda/", decision.queue, name="queue"),
    path("sarunas/", talks.talks, name="talks"),
    path("<uuid:public_id>/lemt/", decision.decide, name="decide"),
    path(
        "<uuid:public_id>/lemt/iesniegums/", decision.decide_paper, {"kind": "request"}, name="decide-request"
    ),
    path(
        "<uuid:public_id>/lemt/vienosanas/",
        decision.decide_paper,
        {"kind": "agreement"},
        name="decide-agreement",
    ),
    path("<uuid:public_id>/apturet/", life.step, {"key": "suspend"}, name="suspend"),
    path("<uuid:public_id>/atsakt/", life.step, {"key": "resume"}, name="resume"),
    path("<uuid:public_id>/panemt-atpakal/", life.step, {"key": "take_back"}, name="take_back"),
    path("<uuid:public_id>/atsaukt/", life.step, {"key": "withdraw"}, name="withdraw"),
    path("<uuid:public_id>/vasara/", life.step, {"key": "extend"}, name="extend"),
    path("<uuid:public_id>/vasara/rikojums/", life.order, name="extension-order"),
    path("<uuid:public_id>/grozit/", life.amend, name="amend"),
    path("<uuid:public_id>/jautajumi/", questions.questions, name="questions"),
]
