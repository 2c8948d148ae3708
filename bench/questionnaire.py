"""Reading a large questionnaire, and working out what is asked: 300 questions in four languages, all with a condition.

Prints JSON: `load`, seconds from an uploaded workbook to a stored draft; `asked`, seconds for all conditions in Python;
`data`, with which the browser does the same; `queries` of opening a section page with ten questions and with the whole
shipped questionnaire.
"""

import json
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from assessments.compiled import instrument_of  # noqa: E402
from assessments.domain.answers import Stored  # noqa: E402
from assessments.domain.completeness import Sheet  # noqa: E402
from assessments.domain.instrument import Instrument  # noqa: E402
from assessments.domain.xlsform import LANGUAGE_HEADERS, read  # noqa: E402
from assessments.models import QuestionnaireVersion  # noqa: E402
from assessments.readmodels.filling import logic_data  # noqa: E402
from assessments.services import questionnaires  # noqa: E402
from assessments.sheets import Sheets  # noqa: E402
from assessments.sheets.uploads import read_upload  # noqa: E402
from bench.figures import in_turn, timed  # noqa: E402
from tests.support.assessing import make_assessment, make_campaign, someone_of  # noqa: E402
from tests.support.workbooks import workbook  # noqa: E402
from tests.support.world import make_factory, signed_in  # noqa: E402

QUESTIONS, IN_A_SECTION = 300, 20
TEXTS = {
    "en": "Do the workers of line {n} know what to do when the fire alarm rings during their shift?",
    "km": "តើកម្មករនិយោជិតនៅខ្សែទី {n} ដឹងថាត្រូវធ្វើអ្វីនៅពេលសំឡេងរោទ៍អគ្គិភ័យបន្លឺឡើងក្នុងវេនរបស់ពួកគេដែរឬទេ?",
    "th": "ลูกจ้างในสายการผลิตที่ {n} ทราบหรือไม่ว่าต้องทำอย่างไรเมื่อสัญญาณเตือนอัคคีภัยดังขึ้นระหว่างกะของตน",
    "vi": "Người lao động ở chuyền {n} có biết phải làm gì khi chuông báo cháy reo trong ca làm việc của mình không?",
}
CONDITIONS = (
    "${{{first}}} = 'yes'",
    "${{{first}}} = 'yes' and ${{{second}}} != 'no'",
    "not(${{{first}}} = 'no') or selected(${{{second}}}, 'yes')",
    "${{{first}}} = 'yes' and (${{{second}}} = 'yes' or ${{{second}}} = '')",
)
HEAD = ["type", "name", "relevant", "required", "points", "pillar", "commitment"]


def texts(n: int) -> list[str]:
    """A label and a hint in every language."""
    return [TEXTS[language].format(n=n) for language in (*LANGUAGE_HEADERS, *LANGUAGE_HEADERS)]


def sheets(questions: int = QUESTIONS) -> Sheets:
    survey = [[*HEAD, *(f"{of}::{name}" for of in ("label", "hint") for name in LANGUAGE_HEADERS.values())]]
    for n in range(questions):
        if n % IN_A_SECTION == 0:
            survey += [["end_group"]] if n else []
            survey.append(["begin_group", f"S{n // IN_A_SECTION + 1}", "", "", "", "S", "", *texts(n)])
        condition = CONDITIONS[n % len(CONDITIONS)].format(first=f"q{n - 1}", second=f"q{n // 2}") if n else ""
        survey.append(["select_one yes_no", f"q{n}", condition, "yes", "2", "", "wellbeing", *texts(n)])
    survey.append(["end_group"])
    choices = [["list_name", "name", "score", *(f"label::{name}" for name in LANGUAGE_HEADERS.values())]]
    choices += [["yes_no", key, score, *([key] * len(LANGUAGE_HEADERS))] for key, score in (("yes", "1"), ("no", "0"))]
    titles = [f"form_title::{name}" for name in LANGUAGE_HEADERS.values()]
    settings = [["form_id", "version", "pillar_weights", *titles], ["bench", "1", "E=1 S=1 G=1", *["Bench"] * 4]]
    return {"survey": survey, "choices": choices, "settings": settings}


def instrument() -> Instrument:
    made = read(sheets())
    assert made.instrument is not None, made.problems[:3]
    return made.instrument


def half_answered(made: Instrument) -> Sheet:
    answers = {code: Stored("yes" if n % 3 else "no") for n, code in enumerate(made.questions)}
    return Sheet(made, "garments", answers, {}, timezone.localdate())


def stored_and_forgotten(content: bytes) -> None:
    with transaction.atomic():
        questionnaires.load_upload(read_upload("bench.xlsx", content))
        transaction.set_rollback(True)


def queries_of(version: QuestionnaireVersion) -> int:
    """Of the second visit: by then the process knows the version."""
    factory = make_factory(code=f"KH-{version.questionnaire.code}")
    assessment = make_assessment(factory, make_campaign(version))
    client = signed_in(someone_of(assessment))
    section = instrument_of(version.pk).sections[0].code
    path = reverse("assessments:section", args=[assessment.code, section])
    client.get(path, headers={"host": "127.0.0.1"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, headers={"host": "127.0.0.1"}).status_code == 200
    return len(queries)


def queries() -> list[int]:
    shipped = QuestionnaireVersion.objects.published().get(questionnaire__code="alliance-esg")
    with transaction.atomic():
        small = questionnaires.publish(questionnaires.load(sheets(10)).version)
        found = [queries_of(small), queries_of(shipped)]
        transaction.set_rollback(True)
    return found


def figures() -> dict[str, Any]:
    content, made = workbook(**sheets()), instrument()
    load = [timed(partial(stored_and_forgotten, content)) for _ in range(5)]
    (asked,) = in_turn([lambda: half_answered(made).asked], times=200, warm_up=20)
    data = logic_data(half_answered(made), [])
    return {"load": load, "asked": asked, "questions": len(made.questions), "data": data, "queries": queries()}


if __name__ == "__main__":
    print(json.dumps(figures()))
