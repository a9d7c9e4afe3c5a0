"""Addresses of the expert's desk, of a plan's life and of its questions."""

from django.urls import path

from celabiedrs.plans.views import deciding, life, questions, talks

life_urls = [
    path("rinda/", deciding.queue, name="queue"),
    path("sarunas/", talks.talks, name="talks"),
    path("<uuid:public_id>/lemt/", deciding.decide, name="decide"),
    path(
        "<uuid:public_id>/lemt/iesniegums/", deciding.decide_paper, {"kind": "request"}, name="decide-request"
    ),
    path(
        "<uuid:public_id>/lemt/vienosanas/",
        deciding.decide_paper,
        {"kind": "agreement"},
        name="decide-agreement",
    ),
    path("<uuid:public_id>/apturet/", life.step, {"key": "suspend"}, name="suspend"),
    path("<uuid:public_id>/atsakt/", life.step, {"key": "resume"}, name="resume"),
    path("<uuid:public_id>/atsaukt/", life.step, {"key": "withdraw"}, name="withdraw"),
    path("<uuid:public_id>/vasara/", life.step, {"key": "extend"}, name="extend"),
    path("<uuid:public_id>/vasara/rikojums/", life.order, name="extension-order"),
    path("<uuid:public_id>/grozit/", life.amend, name="amend"),
    path("<uuid:public_id>/jautajumi/", questions.questions, name="questions"),
]
