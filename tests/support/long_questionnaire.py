"""Two hundred questions of a few kinds, for queues that are as long as they get."""

from assessments.models import QuestionnaireVersion
from assessments.services import questionnaires
from tests.support.questionnaire import small_sheets

SECTIONS, EACH = 10, 20


def long_codes() -> dict[str, list[str]]:
    return {f"E{n}": [f"E{n}.{m:02d}" for m in range(1, EACH + 1)] for n in range(1, SECTIONS + 1)}


def publish_long() -> QuestionnaireVersion:
    sheets = small_sheets()
    heads = [str(head) for head in sheets["survey"][0]]

    def row(**cells: str) -> list[object]:
        return [cells.get(head.split("::")[0], "") for head in heads]

    survey: list[list[object]] = [list(heads)]
    for section, codes in long_codes().items():
        survey.append(row(type="begin_group", name=section, pillar="E", label=section))
        survey += [row(type="integer", name=code, label=f"Figure {code}", evidence="asked") for code in codes]
        survey.append(row(type="end_group"))
    settings = [list(line) for line in sheets["settings"]]
    settings[1] = ["long" if cell == "small" else cell for cell in settings[1]]
    made = {"survey": survey, "choices": sheets["choices"], "settings": settings}
    return questionnaires.publish(questionnaires.load(made).version)  # type: ignore[arg-type]
