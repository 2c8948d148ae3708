import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suppliers.models import Brand, Factory


class ShareQuerySet(models.QuerySet["Share"]):
    def current(self) -> "ShareQuerySet":
        return self.filter(withdrawn_at=None)


@pghistory.track()
class Share(models.Model):
    """The factory's consent that a brand sees its submissions. A withdrawn one stays, as the log of what was."""

    factory = models.ForeignKey(Factory, on_delete=models.CASCADE, related_name="shares")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="shares")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["factory", "brand"], name="one_current_share_per_brand", condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="withdrawn_share_has_who_and_when",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.factory_id} → {self.brand_id}"
