"""Addresses of the closing."""

from django.urls import path

from celabiedrs.closing.pages import (
    ends,
    evaluation,
    following,
    handover,
    keepers,
    moves,
    originals,
    questions,
    renewal,
    review,
    semester,
    series,
)

app_name = "closing"
urlpatterns = [
    path("izvertejums/<uuid:public_id>/", review.review, name="review"),
    path("bez-izvertejuma/<uuid:public_id>/<uuid:mentor>/", review.excuse, name="excuse"),
    path("atkartoti/<uuid:public_id>/", renewal.renew, name="renew"),
    path("nakamais/<uuid:public_id>/", following.following, name="following"),
    path("nakamais/<uuid:public_id>/druka/", following.following_print, name="following_print"),
    path("nodosana/", handover.handing, name="handing"),
    path("sanemsana/", handover.receiving, name="receiving"),
    path("originali/", originals.register, name="register"),
    path("originali/tabula/", originals.register_xlsx, name="register-xlsx"),
    path("originali/<uuid:public_id>/", originals.papers, name="papers"),
    path("glabataji/", keepers.keepers, name="keepers"),
    path("akts/<uuid:public_id>/", handover.act, name="act"),
    path("akts/<uuid:public_id>/<uuid:document>/", handover.earlier_act, name="act-earlier"),
    path("vertejumi/", evaluation.evaluations, name="evaluations"),
    path("vertejumi/<uuid:public_id>/", evaluation.answers, name="answers"),
    path("vertet/", series.next_evaluation, name="next_evaluation"),
    path("vertet/<uuid:public_id>/", evaluation.evaluation, name="evaluation"),
    path("atsauksme/<uuid:public_id>/", evaluation.feedback, name="feedback"),
    path("beigas/<uuid:public_id>/", ends.ending, name="ending"),
    path("noslegt/<uuid:public_id>/", ends.close, name="close"),
    path("skolas-maina/<uuid:public_id>/", moves.learner_moves, name="learner_moves"),
    path("zvani/", ends.calls, name="calls"),
    path("zvani/<uuid:public_id>/", ends.call, name="call"),
    path("atvadas/", ends.goodbye, name="goodbye"),
    path("semestra-beigas/", semester.semester, name="semester"),
    path("semestra-beigas/kopa/", semester.together, name="together"),
    path("semestra-beigas/nakamais/", series.next_plan, name="next_plan"),
    path("semestra-beigas/dokumenti/", series.next_papers, name="next_papers"),
    path("semestra-beigas/dokumenti/druka/", following.following_prints, name="following_prints"),
    path("semestra-beigas/atsauksmes/", series.next_feedback, name="next_feedback"),
    path("jautajumi/", questions.questions, name="questions"),
    path("jautajumi/jauni/", questions.publish, name="questions_new"),
]
