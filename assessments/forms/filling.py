"""A section page's form. Its fields follow from the instrument, so they are read here rather than declared.

For a question `E1.01`: the value under its code (cells of a table under `E1.05.diesel.0` … `.11`, the unit that a
column was typed in under `E1.05.diesel.unit`), and beside it `.version` (what the writer saw), `.na`, `.na_reason`,
`.file`, and after a conflict `.conflict` and `.choose` (mine or theirs). Three buttons name a question by their value:
`clear`, `take` (last year's answer, or the suggested one) and `right` (an unusual answer is right).
"""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from assessments.domain.instrument import Kind, Question
from assessments.domain.units import CHOSEN
from assessments.forms.long_text import LongText
from assessments.readmodels.offers import Offer
from assessments.services.answering import Entry
from assessments.services.syncing import Change


class BadRequest(ValueError):
    """Not something that a page or script of ours would send."""


def entries(posted: QueryDict, questions: Iterable[Question]) -> dict[str, Entry]:
    """The questions that were on the page sent, without those whose other value was chosen."""
    found = {}
    for question in questions:
        version = posted.get(f"{question.code}.version")
        if version is None or posted.get(f"{question.code}.choose") == "theirs":
            continue
        found[question.code] = Entry(
            sent=_sent(posted, question),
            is_na=f"{question.code}.na" in posted,
            na_reason=posted.get(f"{question.code}.na_reason", ""),
            based_on=_seen(posted, question.code, version),
        )
    return found


def _seen(posted: QueryDict, code: str, version: str) -> int:
    """A conflict in which nothing was chosen stays one: no version is as early as -1."""
    if f"{code}.conflict" in posted and f"{code}.choose" not in posted:
        return -1
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _sent(posted: QueryDict, question: Question) -> Any:
    if question.kind is Kind.MULTIPLE:
        return posted.getlist(question.code)
    if question.is_table:
        cells = {
            column.key: [posted.get(f"{question.code}.{column.key}.{row}", "") for row in range(question.rows)]
            for column in question.columns
        }
        return cells | {CHOSEN: {key: posted.get(f"{question.code}.{key}.unit", "") for key in cells}}
    return posted.get(question.code, "")


def pressed(posted: QueryDict) -> tuple[str, str]:
    """The button of one question that sent the form, and the question's code; "" and "" where it was another."""
    return next(((name, posted[name]) for name in ("clear", "take", "right") if posted.get(name)), ("", ""))


def cleared(entry: Entry) -> Entry:
    return Entry(based_on=entry.based_on)


def taken_over(entry: Entry, offer: Offer) -> Entry:
    return Entry(sent=offer.value, is_na=offer.is_na, na_reason=offer.na_reason, based_on=entry.based_on)


def uploads(files: MultiValueDict[str, UploadedFile], questions: Iterable[Question]) -> list[tuple[str, UploadedFile]]:
    return [(question.code, file) for question in questions for file in files.getlist(f"{question.code}.file")]


def replies(posted: QueryDict) -> dict[int, str]:
    """{remark id: text} for every reply box that holds something."""
    return {
        int(name.removeprefix("reply.")): text.strip()
        for name, text in posted.items()
        if name.startswith("reply.") and name.removeprefix("reply.").isdecimal() and str(text).strip()
    }


def removed(posted: QueryDict) -> uuid.UUID | None:
    """The document whose “Remove” was pressed. Raises BadRequest."""
    try:
        return uuid.UUID(posted["remove"]) if posted.get("remove") else None
    except ValueError as error:
        raise BadRequest from error


def _entry(sent: Any) -> Entry:
    return Entry(
        sent=sent.get("value"),
        is_na=sent.get("is_na") is True,
        na_reason=str(sent.get("na_reason") or ""),
        based_on=int(sent.get("based_on") or 0),
        change_id=uuid.UUID(sent["change_id"]) if sent.get("change_id") else uuid.uuid4(),
    )


# As many as a script of ours sends in one go; a longer queue comes in several.
MOST_CHANGES = 250


def queue_from_json(body: bytes) -> tuple[str, list[Change]]:
    """Whose queue it is, and its changes in order; one that makes no sense has no entry. Raises BadRequest."""
    try:
        sent = json.loads(body)
        listed = sent["changes"]
        if not isinstance(listed, list) or len(listed) > MOST_CHANGES:
            raise BadRequest
        return str(sent.get("user") or ""), [_change(one) for one in listed]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise BadRequest from error


def _change(sent: Any) -> Change:
    sent = sent if isinstance(sent, dict) else {}
    name = str(sent.get("change_id") or "")
    try:
        return Change(name, str(sent["code"]), _entry({**sent["entry"], **sent}))
    except (ValueError, TypeError, AttributeError, KeyError):
        return Change(name, "", None)


class SubmitForm(forms.Form):
    note = LongText(
        label=_("Note to those who will read this"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declared = forms.BooleanField(
        label=_("I confirm that these answers are true and complete to the best of my knowledge."),
        error_messages={"required": _("Please confirm this before you submit.")},
    )
