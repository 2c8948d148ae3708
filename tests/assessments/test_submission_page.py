import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Submission
from assessments.services import reviewing, submitting
from assessments.words import written_in
from suppliers.models import Brand, Membership
from suppliers.roles import Role
from tests.support.assessing import (
    complete,
    give,
    make_assessment,
    make_submission,
    prove,
    resubmit,
    shares_with,
    someone_of,
)
from tests.support.reviewing import ask_back
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def reviewer(submission: Submission, brand: Brand | None = None) -> Membership:
    brand = brand or make_brand()
    shares_with(submission.assessment.factory, brand)
    return hold(Role.BRAND_REVIEWER, brand)


def read(client: Client, submission: Submission) -> str:
    answer = client.get(submission.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def block(page: str, code: str) -> str:
    """The HTML of one question."""
    start = page.index(f'<article class="answer" id="q-{code.replace(".", "-")}"')
    return page[start : page.index("</article>", start)]


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(make_submission().get_absolute_url()).status_code == 302


def test_who_has_no_share_finds_nothing() -> None:
    submission, brand = make_submission(), make_brand()
    buys(brand, submission.assessment.factory)
    for held in (make_user(), hold(Role.BRAND_LEAD, brand), hold(Role.FACTORY_MANAGER, make_factory())):
        assert signed_in(held).get(submission.get_absolute_url()).status_code == 404
    assert signed_in(hold(Role.PROGRAM_STAFF, country="TH")).get(submission.get_absolute_url()).status_code == 404


def test_a_submission_that_is_not_there_is_not_found() -> None:
    submission = make_submission()
    held = reviewer(submission)
    assert signed_in(held).get(submission.get_absolute_url().replace("/1/", "/2/")).status_code == 404


def test_the_factory_its_readers_and_the_program_read_it() -> None:
    submission = make_submission()
    factory = submission.assessment.factory
    for held in (reviewer(submission), hold(Role.FACTORY_CONTRIBUTOR, factory), hold(Role.PROGRAM_STAFF, country="KH")):
        read(signed_in(held), submission)


def test_answers_are_in_the_readers_language() -> None:
    submission = make_submission(E1_04=["led", "motors"])
    held = reviewer(submission)
    held.user.language = "vi"
    held.user.save()
    page = read(signed_in(held), submission)
    assert "Nhà máy có đo năng lượng đã dùng không?" in block(page, "E1.01")
    assert "Có" in block(page, "E1.01")
    assert "Đèn LED · Động cơ tốt hơn" in block(page, "E1.04")


def test_free_text_stays_in_the_original_and_says_so() -> None:
    assessment = complete(make_assessment())
    give(assessment, "G1.02", "ពន្លឺ <b>ល្អ</b>")
    give(assessment, "E1.04", None, is_na=True, na_reason="Chúng tôi thuê nhà xưởng.")
    submission = submitting.submit(assessment=assessment, by=someone_of(assessment))
    page = read(signed_in(reviewer(submission)), submission)
    assert '<div class="own-words" lang="km">ពន្លឺ &lt;b&gt;ល្អ&lt;/b&gt;</div>' in page
    assert 'lang="vi">Chúng tôi thuê nhà xưởng.' in block(page, "E1.04")
    assert "Does not apply, because:" in block(page, "E1.04")


@pytest.mark.parametrize(
    ("text", "language"),
    [("ពន្លឺ", "km"), ("แสงสว่าง", "th"), ("Ánh sáng ở xưởng", "vi"), ("Better light", ""), ("Café", ""), ("", "")],
)
def test_the_letters_tell_the_language_where_they_can(text: str, language: str) -> None:
    assert written_in(text) == language


def test_a_table_shows_its_totals_and_folds_its_months() -> None:
    submission = make_submission()
    part = block(read(signed_in(reviewer(submission)), submission), "E1.02")
    assert "12,000 kWh" in part
    assert part.count("<tr>") == 13
    assert re.search(r'<tr class="total"><th scope="row">Total</th><td class="number">12,000</td>', part)


def test_evidence_can_be_downloaded() -> None:
    submission = make_submission()
    client = signed_in(reviewer(submission))
    link = re.search(r'href="(/evidence/[^"]+)"', block(read(client, submission), "S1.01"))
    assert link
    assert client.get(link[1])["Content-Disposition"] == 'attachment; filename="proof.pdf"'


def test_critical_findings_come_first() -> None:
    submission = make_submission(S1_01="no")
    page = read(signed_in(reviewer(submission)), submission)
    assert page.index('id="critical"') < page.index('id="s-E1"')
    assert "1 critical finding" in page
    assert 'id="critical"' not in read(signed_in(hold(Role.PROGRAM_STAFF)), make_submission())


def test_questions_that_were_not_asked_are_left_out() -> None:
    submission = make_submission(E1_01="no")
    page = read(signed_in(reviewer(submission)), submission)
    assert "q-E1-02" not in page
    assert "Not answered" in block(page, "S1.03")


def test_the_factory_is_shown_as_it_was_on_the_day() -> None:
    factory = make_factory(women=300, men=100)
    submission = make_submission(factory)
    factory.sector, factory.women = "food", 1
    factory.save()
    page = read(signed_in(hold(Role.PROGRAM_STAFF)), submission)
    assert "Garments &amp; textiles" in page
    assert "<dd>400</dd>" in page


def test_buyers_do_not_read_who_of_the_factory_submitted() -> None:
    submission = make_submission()
    name = str(submission.submitted_by)
    assert name not in read(signed_in(reviewer(submission)), submission)
    assert name in read(signed_in(hold(Role.PROGRAM_STAFF)), submission)


def second_submission() -> Submission:
    first = make_submission()
    ask_back(first, "S1.02", "Sure?")
    ask_back(first, "E1.02", "And the diesel?", make_brand())
    return resubmit(first.assessment, S1_02="50", E1_02={"grid_kwh": ["2000"] * 12})


def test_what_changed_stands_before_and_after() -> None:
    submission = second_submission()
    page = read(signed_in(reviewer(submission)), submission)
    changes = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index('id="changes"') : page.index('id="s-E1"')]))
    assert "Longest week, in hours Before 48 hours Now 50 hours" in changes
    assert "Electricity: 12,000 kWh · Diesel: 120 litres Now Electricity: 24,000 kWh" in changes
    assert "Changed" in block(page, "S1.02")
    assert "Changed" not in block(page, "S1.01")


def test_months_that_changed_under_the_same_total_are_a_change() -> None:
    first = make_submission()
    ask_back(first, "E1.02", "Sure?")
    months = {"grid_kwh": ["900", "1100", *["1000"] * 10], "diesel_l": ["10"] * 12}
    submission = resubmit(first.assessment, E1_02=months)
    page = read(signed_in(reviewer(submission)), submission)
    assert "Single months changed; the totals are the same." in page


def test_files_that_came_are_a_change() -> None:
    first = make_submission()
    ask_back(first, "E1.02", "Please send the bills.")
    first.assessment.refresh_from_db()
    prove(first.assessment, "E1.02", "bills.pdf")
    submission = resubmit(first.assessment)
    assert "File added: bills.pdf" in read(signed_in(reviewer(submission)), submission)


def test_a_second_submission_without_changes_says_so() -> None:
    first = make_submission()
    ask_back(first, "E1.02", "Sure?")
    submission = resubmit(first.assessment)
    page = read(signed_in(reviewer(submission)), submission)
    assert "No answer changed since the last submission." in page


def test_an_older_submission_leads_to_the_newest_and_takes_no_remarks() -> None:
    submission = second_submission()
    first = submission.assessment.submissions.get(number=1)
    page = read(signed_in(reviewer(submission)), first)
    assert f'href="{submission.get_absolute_url()}"' in page
    assert "Write a remark" not in page
    assert 'id="decision"' not in page


def test_the_factory_reads_all_parties_and_has_no_forms() -> None:
    submission = make_submission()
    brand = make_brand(name="Nordlicht")
    ask_back(submission, "S1.02", "How many hours?", brand)
    reviewing.remark(
        submission=submission, brand=None, question_code="E1.01", text="Secret so far", asks_clarification=False,
        by=make_user(), language="en",
    )  # fmt: skip
    page = read(signed_in(hold(Role.FACTORY_MANAGER, submission.assessment.factory)), submission)
    assert "How many hours?" in block(page, "S1.02")
    assert "Nordlicht" in block(page, "S1.02")
    assert "Your answer is awaited" in block(page, "S1.02")
    assert "Secret so far" not in page
    assert 'method="post"' not in page[page.index("<main") : page.index("</main")]


def test_a_party_reads_its_own_remarks_only() -> None:
    submission = make_submission()
    brand, other = make_brand(), make_brand()
    shares_with(submission.assessment.factory, other)
    ask_back(submission, "S1.02", "Between us", brand)
    assert "Between us" not in read(signed_in(hold(Role.BRAND_LEAD, other)), submission)
    assert "Between us" not in read(signed_in(hold(Role.PROGRAM_STAFF)), submission)
    shares_with(submission.assessment.factory, brand)
    assert "Between us" in read(signed_in(hold(Role.BRAND_LEAD, brand)), submission)


def test_a_thread_names_places_and_not_people_and_marks_its_languages() -> None:
    submission, brand = make_submission(), make_brand()
    remark = ask_back(submission, "S1.02", "How many?", brand)
    manager = make_user(name="Sok Dara")
    reviewing.reply(remark=remark, text="៤៨ ម៉ោង", by=manager, from_factory=True, language="km")
    shares_with(submission.assessment.factory, brand)
    page = read(signed_in(hold(Role.BRAND_REVIEWER, brand)), submission)
    assert "Sok Dara" not in page
    assert '<div lang="km">៤៨ ម៉ោង</div>' in block(page, "S1.02")


def test_the_state_of_each_remark_is_said() -> None:
    submission, brand = make_submission(), make_brand()
    held = reviewer(submission, brand)
    ask_back(submission, "S1.02", "Sure?", brand)
    assert "Sent" in block(read(signed_in(held), submission), "S1.02")
    second = resubmit(submission.assessment, S1_02="50")
    reviewing.remark(
        submission=second, brand=brand, question_code="S1.01", text="Hm", asks_clarification=True, by=held.user,
        language="en",
    )  # fmt: skip
    page = read(signed_in(held), second)
    assert "Settled" in block(page, "S1.02")
    assert "About submission 1" in block(page, "S1.02")
    assert "Not sent yet" in block(page, "S1.01")
    assert "If you return it, 1 question opens again" in page


def test_only_the_program_may_close() -> None:
    submission = make_submission()
    assert "Close the assessment" in read(signed_in(hold(Role.PROGRAM_STAFF)), submission)
    assert "Close the assessment" not in read(signed_in(reviewer(submission)), submission)


def test_the_page_costs_the_same_with_one_remark_and_with_many() -> None:
    submission, brand, costs = make_submission(), make_brand(), []
    held = reviewer(submission, brand)
    client = signed_in(held)
    for code in ("E1.01", "E1.03", "S1.01", "S1.02", "G1.01"):
        reviewing.remark(
            submission=submission, brand=brand, question_code=code, text="Hm", asks_clarification=True, by=held.user,
            language="en",
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            read(client, submission)
        costs.append(len(captured))
    assert costs[1] == costs[-1] <= 14


def test_a_section_with_something_to_read_first_stands_open_and_the_others_are_folded() -> None:
    submission = make_submission(S1_01="no")
    page = read(signed_in(reviewer(submission)), submission)
    folds = re.findall(r'<details class="card-body section-fold"( open)?>.*?id="t-(\w+)"', page, re.DOTALL)
    assert folds == [("", "E1"), (" open", "S1"), ("", "G1")]


def test_a_reviewer_in_a_hurry_reads_only_what_lost_points() -> None:
    submission = make_submission(S1_02="70")
    answer = signed_in(reviewer(submission)).get(submission.get_absolute_url(), {"only": "lost"})
    shown = [line.code for section in answer.context["page"].sections for line in section.lines]
    assert shown == ["E1.03", "E1.04", "S1.02", "S1.04"]
    assert answer.context["page"].lost_count == 4
