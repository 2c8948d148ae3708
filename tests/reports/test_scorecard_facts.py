"""From a frozen submission to what its scorecard says, in the words of four languages."""

import pytest
from django.utils import timezone

from assessments.models import Campaign, Submission
from assessments.sheet import sheet_of_submission
from reports.domain.scorecard import ScorecardFacts
from reports.readmodels.findings import Reading
from reports.readmodels.scorecard_facts import facts_for
from suppliers.models import Factory
from tests.support.assessing import make_assessment, make_campaign, submit
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "km", "th", "vi")
WEAK = {"S1_01": "no", "G1_01": "no", "S1_02": "72"}


def submission_of(factory: Factory, campaign: Campaign | None = None, **changed: object) -> Submission:
    return submit(make_assessment(factory, campaign), **changed)


def two_years(**now: object) -> Submission:
    """Last year was weak; this year is what the test says."""
    factory = make_factory(women=780, men=220)
    submission_of(factory, make_campaign(reporting_year=2024), **WEAK)
    return submission_of(factory, make_campaign(reporting_year=2025), **now)


def codes(findings: tuple[object, ...]) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_facts_are_told_in_each_language(language: str) -> None:
    submission = two_years(S1_04="written")
    facts, english = facts_for(submission, language), facts_for(submission, "en")
    assert facts.language == language
    assert facts.overall == english.overall
    assert codes(facts.strengths) == codes(english.strengths)
    questions = {finding.question for finding in facts.strengths}
    assert questions.isdisjoint({finding.question for finding in english.strengths}) == (language != "en")
    assert facts.campaign == getattr(submission.assessment.campaign, f"name_{language}")


def test_the_cover_says_who_where_and_when() -> None:
    facts = facts_for(two_years(), "en")
    assert (facts.factory.language, facts.factory_latin.language) == ("km", "en")
    assert facts.place == "Phnom Penh, Cambodia"
    assert (facts.workers, facts.women_percent) == (1000, 78.0)
    assert facts.submitted_on == timezone.localdate()


def test_the_place_is_in_the_readers_language() -> None:
    assert "ភ្នំពេញ" in facts_for(two_years(), "km").place


def test_the_factory_is_as_it_was_when_it_submitted() -> None:
    submission = two_years()
    Factory.objects.filter(pk=submission.assessment.factory_id).update(women=1, name_latin="Sold and renamed")
    facts = facts_for(submission, "en")
    assert facts.workers == 1000
    assert facts.factory_latin.text != "Sold and renamed"


def test_last_years_score_stands_beside_this_years() -> None:
    facts = facts_for(two_years(), "en")
    assert facts.previous is not None
    assert facts.overall.before == facts.previous.overall
    assert facts.overall.change > 0
    social = next(part for part in facts.pillars if part.key == "S")
    assert social.measure.change > 0
    assert {change.code for change in facts.improved} == {"S1.01", "S1.02", "G1.01"}
    assert facts.declined == ()


def test_a_decline_is_told_as_one() -> None:
    factory = make_factory()
    submission_of(factory, make_campaign(reporting_year=2024))
    facts = facts_for(submission_of(factory, make_campaign(reporting_year=2025), G1_01="no"), "en")
    assert codes(facts.declined) == ["G1.01"]


def test_the_first_year_has_nothing_to_compare_with() -> None:
    facts = facts_for(submission_of(make_factory()), "en")
    assert facts.previous is None
    assert facts.overall.change is None
    assert facts.changes == ()


def test_last_year_is_not_compared_with_what_came_after_it() -> None:
    submission = two_years()
    last = Submission.objects.exclude(pk=submission.pk).get()
    assert facts_for(last, "en").previous is None


def test_strengths_are_full_marks_where_they_count_most() -> None:
    facts = facts_for(two_years(S1_04="improved"), "en")
    assert codes(facts.strengths)[0] == "S1.01"
    assert "E1.04" not in codes(facts.strengths)
    assert facts.strengths[0].answer.text == "Yes"


def test_gaps_are_what_would_raise_the_score_most_with_how_much() -> None:
    submission = submission_of(make_factory(), G1_01="no")
    facts = facts_for(submission, "en")
    assert codes(facts.gaps)[0] == "G1.01"
    gains = [finding.gain for finding in facts.gaps]
    assert gains == sorted(gains, reverse=True)
    assert facts.gaps[0].gain == pytest.approx(100 / 3)


@pytest.mark.parametrize(("language", "answer"), [("en", "No"), ("km", "ទេ"), ("th", "ไม่ใช่"), ("vi", "Không")])
def test_a_critical_finding_is_named_and_caps_the_band(language: str, answer: str) -> None:
    facts = facts_for(submission_of(make_factory(), S1_01="no"), language)
    assert codes(facts.critical) == ["S1.01"]
    assert facts.critical[0].answer.text == answer
    assert facts.capped == (facts.band_uncapped.key not in ("beginning", "developing"))
    assert facts.band.start <= 25


def test_what_a_factory_wrote_stays_in_its_own_language() -> None:
    submission = submission_of(make_factory(), G1_02="យើងចង់កែលម្អប្រព័ន្ធខ្យល់។")
    reading = Reading(sheet_of_submission(submission), submission.score, "vi", "km")
    finding = reading.finding("G1.02")
    assert (finding.answer.language, finding.answer.text) == ("km", "យើងចង់កែលម្អប្រព័ន្ធខ្យល់។")
    assert finding.question == "Nhà máy muốn cải thiện điều gì?"


def test_emissions_come_with_their_sources_and_last_years_total() -> None:
    facts = facts_for(two_years(), "en")
    emissions = facts.emissions
    assert emissions is not None
    assert emissions.year == 2025
    assert emissions.total == pytest.approx(emissions.scope1 + emissions.scope2, abs=0.002)
    assert {line.name for line in emissions.lines} == {"Electricity", "Diesel"}
    assert sum(line.share for line in emissions.lines) == pytest.approx(100, abs=0.1)
    assert all(source.text and source.year for source in emissions.sources)
    assert emissions.total_before is not None


def test_eleven_months_are_not_compared_with_twelve() -> None:
    eleven = {"grid_kwh": ["1000"] * 11, "diesel_l": ["10"] * 11}
    facts = facts_for(two_years(E1_02=eleven), "en")
    assert facts.emissions.months == 11
    assert facts.emissions.total_before is None


def test_without_a_table_there_are_no_emissions() -> None:
    facts: ScorecardFacts = facts_for(submission_of(make_factory(), E1_01="no", E1_02={}), "en")
    assert facts.emissions is None


def test_the_hash_and_the_number_tell_which_submission_it_is() -> None:
    submission = two_years()
    facts = facts_for(submission, "en")
    assert facts.content_hash == submission.content_hash
    assert facts.number == f"{submission.assessment.code}-1"
