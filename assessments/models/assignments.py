import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment
from suppliers.models import Membership


class SectionAssignmentQuerySet(models.QuerySet["SectionAssignment"]):
    def current(self) -> "SectionAssignmentQuerySet":
        """Without those who have left the factory meanwhile."""
        return self.filter(membership__ended_at=None)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SectionAssignment(models.Model):
    """Who looks after a section. It is a help, not a lock: everybody may still edit everything of their factory."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    section_code = models.CharField(max_length=64)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    assigned_at = models.DateTimeField()

    objects = SectionAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section_code"], name="one_person_per_section"),
        ]

    def __str__(self) -> str:
        return self.section_code
