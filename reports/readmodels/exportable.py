"""What an export may hold: the last submission of each assessment of a campaign, as far as its reader may read."""

from django.db.models import QuerySet

from assessments.models import Campaign, Submission
from suppliers.models import Brand, Membership, User


def of_program(hat: Membership, campaign: Campaign) -> QuerySet[Submission]:
    """All, or those of the country that the hat is worn for."""
    submissions = Submission.objects.visible_to(hat.user).filter(assessment__campaign=campaign).latest_of_each()
    return submissions.filter(assessment__factory__country=hat.country) if hat.country else submissions


def of_brand(brand: Brand, campaign: Campaign, reader: User) -> QuerySet[Submission]:
    """Of the factories that share with the brand; the program's people read them within their scope."""
    submissions = Submission.objects.visible_to(reader).filter(assessment__campaign=campaign)
    return submissions.latest_of_each().shared_with(brand)


def may_still_be_read(submission_ids: list[int], user: User) -> bool:
    """False once a factory has withdrawn its consent, or the reader has lost a part of their scope."""
    return Submission.objects.visible_to(user).filter(pk__in=submission_ids).count() == len(submission_ids)
