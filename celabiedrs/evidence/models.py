from django.db import models
from django.db.models import Q

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.people.models import Post, User
from celabiedrs.places.models import Institution, Region
from celabiedrs.plans.models import SupportPlan


class SampleDraw(Addressed):
    """How a sample was drawn for an auditor's post: from what, how large, from which start. Never changed
    but for its packs.

    Empty means: not narrowed, not asked for. `start` is the number as it was used; `population` how many plans there
    were to draw from.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="draws")
    month = models.DateField(null=True)
    semester = models.CharField(max_length=9, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    share = models.PositiveSmallIntegerField(null=True)
    least = models.PositiveSmallIntegerField(null=True)
    most = models.PositiveSmallIntegerField(null=True)
    by_amount = models.BooleanField(default=False)
    start = models.DecimalField(max_digits=24, decimal_places=12)
    population = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    packs_asked_at = models.DateTimeField(null=True)
    packs_done = models.PositiveIntegerField(default=0)
    packs = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )  # the ZIP, once it is made

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month=None) & ~Q(semester="") | Q(month__isnull=False, semester=""),
                name="drawn_from_a_month_or_a_semester",
            ),
        ]


class DrawnPlan(models.Model):
    """A plan that a draw took, with what had been paid for it in that time; the post shows it from then on."""

    draw = models.ForeignKey(SampleDraw, models.CASCADE, related_name="plans")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "plan"], name="drawn_once_a_draw")]
