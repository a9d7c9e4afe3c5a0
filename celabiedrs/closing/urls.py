"""Addresses of the closing."""

from django.urls import path

from celabiedrs.closing.views import (
    ending,
    evaluating,
    handing_over,
    keepers,
    one_after_another,
    originals,
    questions,
    renewing,
    reviewing,
    semester,
)

app_name = "closing"
urlpatterns = [
    path("izvertejums/<uuid:public_id>/", reviewing.review, name="review"),
    path("atkartoti/<uuid:public_id>/", renewing.renew, name="renew"),
    path("nodosana/", handing_over.handing, name="handing"),
    path("sanemsana/", handing_over.receiving, name="receiving"),
    path("originali/", originals.register, name="register"),
    path("originali/tabula/", originals.register_xlsx, name="register-xlsx"),
    path("originali/<uuid:public_id>/", originals.papers, name="papers"),
    path("glabataji/", keepers.keepers, name="keepers"),
    path("akts/<uuid:public_id>/", handing_over.act, name="act"),
    path("akts/<uuid:public_id>/<uuid:document>/", handing_over.earlier_act, name="act-earlier"),
    path("vertejumi/", evaluating.evaluations, name="evaluations"),
    path("vertejumi/<uuid:public_id>/", evaluating.answers, name="answers"),
    path("vertet/", one_after_another.next_evaluation, name="next_evaluation"),
    path("vertet/<uuid:public_id>/", evaluating.evaluation, name="evaluation"),
    path("atsauksme/<uuid:public_id>/", evaluating.feedback, name="feedback"),
    path("beigas/<uuid:public_id>/", ending.ending, name="ending"),
    path("noslegt/<uuid:public_id>/", ending.close, name="close"),
    path("zvani/", ending.calls, name="calls"),
    path("zvani/<uuid:public_id>/", ending.call, name="call"),
    path("atvadas/", ending.goodbye, name="goodbye"),
    path("semestra-beigas/", semester.semester, name="semester"),
    path("semestra-beigas/kopa/", semester.together, name="together"),
    path("semestra-beigas/nakamais/", one_after_another.next_plan, name="next_plan"),
    path("semestra-beigas/atsauksmes/", one_after_another.next_feedback, name="next_feedback"),
    path("jautajumi/", questions.questions, name="questions"),
    path("jautajumi/jauni/", questions.publish, name="questions_new"),
]
