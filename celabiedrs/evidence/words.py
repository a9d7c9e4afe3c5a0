"""The steps of the proof and whose turn it is, in words."""

from django.utils.translation import gettext_lazy as _

STEPS = {
    "certificate": _("Mentor's certificate in the registry"),
    "checks": _("Both checks by the employer"),
    "contract": _("Work contract"),
    "contract_copy": _("Copy of the contract"),
    "request": _("Request with its copy"),
    "agreement": _("Agreement signed by both"),
    "decision": _("Decision of the expert"),
    "meetings": _("Meetings"),
    "signatures": _("Signatures on the meetings"),
    "submitted": _("Month submitted, with the declaration"),
    "paper_copy": _("Copy of the sheet signed in ink"),
    "verified": _("Verified by the school"),
    "paid": _("Line of an approved run"),
    "evaluated": _("Evaluation of the support"),
}
TURNS = {
    "mentor": _("mentor"),
    "preparer": _("plan preparer"),
    "expert": _("project expert"),
    "school": _("responsible person"),
    "employer": _("employer"),
    "programme": _("programme"),
}
