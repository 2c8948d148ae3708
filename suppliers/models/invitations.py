import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from suppliers.labels import Country, Language, RoleName
from suppliers.models.brands import Brand
from suppliers.models.factories import Factory
from suppliers.models.memberships import Membership, scope_condition

VALID_FOR = dt.timedelta(days=14)


def new_token() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def expiry() -> dt.datetime:
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def pending(self) -> "InvitationQuerySet":
        """Not yet taken up, expired ones too, so that they can be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def for_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_digest=digest(token))


class Invitation(models.Model):
    """An offer of one role, sent by e-mail. Only a digest of the link's token is kept."""

    email = models.EmailField(_("E-mail address"))
    role = models.CharField(_("Role"), max_length=30, choices=RoleName)
    factory = models.ForeignKey(Factory, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    country = models.CharField(_("Country"), max_length=2, choices=Country, blank=True)
    language = models.CharField(_("Language of the e-mail"), max_length=2, choices=Language, default=Language.ENGLISH)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=expiry)
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="invitation_role_fits_its_place", condition=scope_condition()),
            models.CheckConstraint(
                name="accepted_invitation_has_who_and_when",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def place_name(self) -> str:
        return Membership(role=self.role, factory=self.factory, brand=self.brand, country=self.country).place_name
