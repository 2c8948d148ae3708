from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from assessments.models import Submission
from reports.models import Scorecard
from tests.reports.pdf_reading import page_texts
from tests.support.assessing import make_submission

pytestmark = pytest.mark.django_db


def render(name: str, output: Path, **options: str) -> str:
    call_command("render_scorecard", name, output=output, **options)
    return " ".join(" ".join(text.split()) for text in page_texts(output.read_bytes()))


@pytest.fixture
def submission() -> Submission:
    return make_submission()


def test_a_submission_is_named_by_its_assessment_and_number(submission: Submission, tmp_path: Path) -> None:
    text = render(f"{submission.assessment.code}/1", tmp_path / "card.pdf")
    assert submission.assessment.factory.name_latin in text
    assert submission.content_hash[:16] in text.replace(" ", "")


@pytest.mark.parametrize("name", ["{code}", "{pk}"])
def test_or_by_its_assessment_alone_or_by_its_id(submission: Submission, tmp_path: Path, name: str) -> None:
    render(name.format(code=submission.assessment.code, pk=submission.pk), tmp_path / "card.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "card.pdf")) >= 3


def test_it_is_written_in_the_language_asked_for(submission: Submission, tmp_path: Path) -> None:
    text = render(submission.assessment.code, tmp_path / "card.pdf", language="km")
    assert submission.assessment.factory.name in text
    assert "តើ" in text


def test_no_job_is_made_for_it(submission: Submission, tmp_path: Path) -> None:
    render(submission.assessment.code, tmp_path / "card.pdf")
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize("name", ["nowhere", "nowhere/1", "999999"])
def test_what_does_not_exist_is_said(submission: Submission, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=f"no submission {name}"):
        render(name, tmp_path / "card.pdf")


@pytest.mark.parametrize("number", ["2", "one"])
def test_a_number_that_it_lacks_is_said(submission: Submission, tmp_path: Path, number: str) -> None:
    with pytest.raises(CommandError, match="no submission"):
        render(f"{submission.assessment.code}/{number}", tmp_path / "card.pdf")
