"""The tables of the plans stage."""

from celabiedrs.plans.models.decision import Amendment, PlanDecision, PlanSubmission
from celabiedrs.plans.models.learner import Learner, LearnerCorrection, LearnerTransfer, PersonalCode
from celabiedrs.plans.models.life import AuditSample, MentorAssignment, MonthlyTalk, PlanQuestion, Suspension
from celabiedrs.plans.models.papers import (
    Agreement,
    AgreementDraft,
    AgreementSignature,
    AgreementText,
    SupportRequest,
)
from celabiedrs.plans.models.plan import PlanSketch, Risk, SupportPlan

__all__ = [
    "Agreement",
    "AgreementDraft",
    "AgreementSignature",
    "AgreementText",
    "Amendment",
    "AuditSample",
    "Learner",
    "LearnerCorrection",
    "LearnerTransfer",
    "MentorAssignment",
    "MonthlyTalk",
    "PersonalCode",
    "PlanDecision",
    "PlanQuestion",
    "PlanSketch",
    "PlanSubmission",
    "Risk",
    "SupportPlan",
    "SupportRequest",
    "Suspension",
]
