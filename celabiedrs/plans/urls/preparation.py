"""Addresses of preparing: learners, the way to a plan, its papers, sending, many plans at once."""

from django.urls import path

from celabiedrs.plans.pages import (
    agreement,
    bulk,
    classes,
    corrections,
    draft,
    learners,
    mentor,
    overview,
    papers,
    preparation,
    readiness,
    reading,
)

preparing_urls = [
    path("mani/", overview.mine, name="mine"),
    path("mani/kopa/", bulk.bulk, name="bulk"),
    path("izglitojamie/", learners.learners, name="learners"),
    path("izglitojamie/jauns/", learners.enrol, name="enrol"),
    path("izglitojamie/klases/", classes.classes, name="classes"),
    path("izglitojamie/parcelt/", learners.transfer, name="transfer"),
    path("izglitojamie/parcelt/<uuid:public_id>/ne/", learners.transfer_no, name="transfer-no"),
    path("izglitojamie/<uuid:public_id>/", learners.learner, name="learner"),
    path("izglitojamie/<uuid:public_id>/labot/", learners.edit, name="learner-edit"),
    path("izglitojamie/<uuid:public_id>/vards/", corrections.correct, name="learner-correct"),
    path("izglitojamie/<uuid:public_id>/klase/", learners.stage, name="learner-stage"),
    path("izglitojamie/<uuid:public_id>/kods/", learners.code, name="code"),
    path("izglitojamie/<uuid:public_id>/plans/", draft.begin, name="begin"),
    path("izglitojamie/<uuid:public_id>/plans/<int:step>/", draft.begin_step, name="begin-step"),
    path("izglitojamie/<uuid:public_id>/plans/<int:step>/glabat/", draft.begin_keep, name="begin-keep"),
    path("<uuid:public_id>/sagatavot/", preparation.prepare, name="prepare"),
    path("<uuid:public_id>/druka/", papers.plan_print, name="print"),
    path("<uuid:public_id>/pamats/", preparation.grounds, name="grounds"),
    path("<uuid:public_id>/riski/", preparation.risks, name="risks"),
    path("<uuid:public_id>/iesniegums/", papers.request_, name="request"),
    path("<uuid:public_id>/iesniegums/druka/", papers.request_print, name="request-print"),
    path("<uuid:public_id>/iesniegums/papirs/", papers.request_scan, name="request-scan"),
    path("<uuid:public_id>/papiri/iesniegums/", reading.paper, name="request-paper"),
    path("<uuid:public_id>/papiri/iesniegums/datne/", reading.paper_file, name="request-file"),
    path("<uuid:public_id>/papiri/<uuid:mentor_id>/", reading.paper, name="agreement-of"),
    path("<uuid:public_id>/papiri/<uuid:mentor_id>/datne/", reading.paper_file, name="agreement-file"),
    path("<uuid:public_id>/mentors/", mentor.mentor, name="mentor"),
    path("<uuid:public_id>/mentors/<uuid:mentor_id>/", mentor.attach, name="attach"),
    path("<uuid:public_id>/vienosanas/", agreement.agreement, name="agreement"),
    path("<uuid:public_id>/vienosanas/glabat/", agreement.agreement_keep, name="agreement-keep"),
    path("<uuid:public_id>/vienosanas/druka/", agreement.agreement_print, name="agreement-print"),
    path("<uuid:public_id>/vienosanas/uz-papira/", agreement.agreement_paper, name="agreement-paper"),
    path("<uuid:public_id>/vienosanas/paraksti/", agreement.agreement_sign, name="agreement-sign"),
    path("<uuid:public_id>/vienosanas/papirs/", agreement.agreement_scan, name="agreement-scan"),
    *(
        path(f"<uuid:public_id>/mentors/<uuid:mentor_id>/vienosanas/{address}", view, name=f"successor{name}")
        for address, view, name in (
            ("", agreement.agreement, ""),
            ("glabat/", agreement.agreement_keep, "-keep"),
            ("druka/", agreement.agreement_print, "-print"),
            ("uz-papira/", agreement.agreement_paper, "-paper"),
            ("paraksti/", agreement.agreement_sign, "-sign"),
            ("papirs/", agreement.agreement_scan, "-scan"),
        )
    ),
    path("<uuid:public_id>/parbaudit/", readiness.check, name="check"),
    path("<uuid:public_id>/nosutits/", readiness.sent, name="sent"),
]
