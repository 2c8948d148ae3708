import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.domain.states import REVIEW_MOVES, ReviewState, can, move
from assessments.labels import ReviewStateName
from assessments.models.assessments import Assessment
from suppliers.models import Brand


class ReviewQuerySet(models.QuerySet["Review"]):
    def of_party(self, brand: Brand | None) -> "ReviewQuerySet":
        """`None`: the program's own review."""
        return self.filter(brand=brand)

    def decided(self) -> "ReviewQuerySet":
        """The latest decision first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at")


@pghistory.track(exclude=["created_at"])
class Review(models.Model):
    """One party's judgement on an assessment. `brand` null: the party is the program.

    `seen_number`: the submission that the last decision was about.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reviews")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=30, choices=ReviewStateName, default=ReviewState.OPEN)
    seen_number = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "brand"], name="one_review_per_party", nulls_distinct=False),
            models.CheckConstraint(
                name="decided_review_has_who_and_when",
                condition=Q(state=ReviewState.OPEN) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} · {self.party_name}"

    @property
    def party_name(self) -> str:
        return str(self.brand) if self.brand else str(_("Mekong Alliance"))

    def can(self, name: str) -> bool:
        return can(REVIEW_MOVES, self.state, name)

    def move(self, name: str) -> None:
        self.state = move(REVIEW_MOVES, self.state, name)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open_clarifications(self) -> "RemarkQuerySet":
        """Sent to the factory and not yet settled by a new submission or by the reviewer."""
        return self.filter(asks_clarification=True, sent_at__isnull=False, settled_at=None)

    def sent(self) -> "RemarkQuerySet":
        return self.filter(sent_at__isnull=False)


class Remark(models.Model):
    """What a reviewer says at one question. It reaches the factory when the review is decided (`sent_at`)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    question_code = models.CharField(max_length=64)
    submission_number = models.PositiveSmallIntegerField()
    asks_clarification = models.BooleanField(_("Ask the factory to clarify"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["review", "question_code"])]

    def __str__(self) -> str:
        return self.question_code


class RemarkMessage(models.Model):
    """One message in a remark's thread, in the language that its author wrote."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_factory = models.BooleanField()
    language = models.CharField(max_length=2)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
