"""The words of a support plan: its states, modules, grounds and kinds of risk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Module(models.TextChoices):
    EARLY_LEAVING = "I", _("Module I: early leaving")
    EXCLUSION = "II", _("Module II: social exclusion")


class ModuleGround(models.TextChoices):
    REPEATS_CLASS_9 = "repeats_class_9", _("repeats class 9 with a statement of results only")
    VOCATIONAL_WITH_RESULTS_ONLY = (
        "vocational_with_results_only",
        _("vocational school with a statement of results only"),
    )
    FAILING_AND_LEAVING = "failing_and_leaving", _("at risk of failing and of leaving early")
    SOCIAL_EXCLUSION = "social_exclusion", _("at risk of social exclusion")


class RiskKind(models.TextChoices):
    FAILING = "failing", _("failing")
    EARLY_LEAVING = "early_leaving", _("leaving school early")
    SPECIAL_NEEDS = "special_needs", _("special needs")
    LEARNING_DIFFICULTIES = "learning_difficulties", _("learning difficulties")
    FAMILY_CIRCUMSTANCES = "family_circumstances", _("family circumstances")
    IMMIGRANT = "immigrant", _("immigrant")
    REEMIGRANT = "reemigrant", _("re-emigrant")
    VIOLENCE = "violence", _("suffered violence")
    DISABILITY = "disability", _("disability")
    HEALTH = "health", _("health")
    MINORITY = "minority", _("minority")
    OTHER = "other", _("other")


LEAVING_RISKS = frozenset({RiskKind.FAILING, RiskKind.EARLY_LEAVING})


class Applicant(models.TextChoices):
    GUARDIAN = "guardian", _("parent or guardian")
    LEARNER = "learner", _("adult learner")


class AgreementParty(models.TextChoices):
    LEARNER = "learner", _("learner")
    MENTOR = "mentor", _("mentor")


class DecisionKind(models.TextChoices):
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class QuestionSide(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    SCHOOL = "school", _("school")


class QuestionState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
