from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, QuestionnaireVersion
from reports.labels import PrintKindName
from reports.models.jobs import Job
from suppliers.labels import Country, Sector


class Print(Job):
    """A questionnaire on paper: of one assessment, empty or with its answers, or of a version as a sector sees it.

    `content` is the fingerprint of what stands in the file: another one means that the file is out of date.
    """

    kind = models.CharField(max_length=10, choices=PrintKindName)
    assessment = models.ForeignKey(Assessment, null=True, blank=True, on_delete=models.CASCADE, related_name="prints")
    version = models.ForeignKey(
        QuestionnaireVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="prints"
    )
    sector = models.CharField(_("Sector"), max_length=20, choices=Sector, blank=True)
    country = models.CharField(_("Country"), max_length=2, choices=Country, blank=True)
    content = models.CharField(max_length=64, blank=True)

    class Meta(Job.Meta):
        abstract = False
        verbose_name = _("printed questionnaire")
        verbose_name_plural = _("printed questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "language"],
                name="one_print_per_assessment_kind_and_language",
                condition=Q(assessment__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["version", "sector", "country", "language"],
                name="one_print_per_version_reader_and_language",
                condition=Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="print_is_of_an_assessment_or_of_an_empty_version",
                condition=Q(assessment__isnull=False, version=None, sector="", country="")
                | Q(assessment=None, version__isnull=False, kind=PrintKindName.BLANK) & ~Q(sector="") & ~Q(country=""),
            ),
            *Job.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.assessment or self.version} {self.kind} {self.language}"

    @property
    def folder(self) -> str:
        return f"prints/assessment-{self.assessment_id}" if self.assessment_id else f"prints/version-{self.version_id}"

    @property
    def stem(self) -> str:
        return "-".join(part for part in (self.kind, self.sector, self.country, self.language) if part)

    @property
    def filename(self) -> str:
        """For the reader's disk: which factory and campaign, or which version and sector, and the language."""
        if self.assessment:
            return f"{self.assessment.code}-{self.kind}-{self.language}.pdf"
        assert self.version is not None
        name = f"{self.version.questionnaire.code}-{self.version.number}"
        return f"{name}-{self.sector}-{self.country}-{self.language}.pdf".lower()
