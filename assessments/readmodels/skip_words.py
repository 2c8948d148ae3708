"""A condition in words, for those who read the questionnaire on paper or in a workbook and skip by themselves.

The common shapes of conditions are put into words; a condition with any other part is not guessed at.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from assessments.domain.instrument import CHOICE_KINDS, Instrument, Tree
from assessments.domain.logic import names_in
from suppliers import localization


class NotInWords(Exception):
    """This condition is not one of the shapes that we have words for."""


def skip_words(tree: Tree | None, instrument: Instrument, language: str) -> str:
    """ "" where there is no condition. Call it with the language switched on."""
    if tree is None:
        return ""
    try:
        conditions = _Conditions(instrument, language).of(tree)
    except NotInWords:
        return _("Only if it applies: the portal asks this depending on other answers (%(codes)s).") % {
            "codes": ", ".join(sorted(names_in(tree)))
        }
    return _("Only if you answered %(conditions)s.") % {"conditions": conditions}


class _Conditions:
    def __init__(self, instrument: Instrument, language: str) -> None:
        self.instrument, self.language = instrument, language

    def of(self, tree: Tree) -> str:
        kind = tree[0]
        if kind == "and":
            return self._both(tree[1:])
        if kind == "or":
            return self._either(tree[1:])
        if kind == "call":
            return self._call(tree)
        if kind in _COMPARED and len(tree) == 3:
            return self._compared(*tree)
        raise NotInWords

    def _both(self, parts: list[Tree]) -> str:
        """That something is answered at all goes without saying, where more is said of the same question."""
        asked_more = {name for part in parts if not _is_any_answer(part) for name in names_in(part)}
        telling = [part for part in parts if not (_is_any_answer(part) and names_in(part) <= asked_more)]
        return self._joined(
            list(map(self.of, telling)), lambda one, other: _("%(one)s and %(other)s") % _pair(one, other)
        )

    def _either(self, parts: list[Tree]) -> str:
        chosen = [_choice_of(part) for part in parts]
        codes = {code for code, _key in filter(None, chosen)}
        if all(chosen) and len(codes) == 1:
            code = codes.pop()
            labels = [self._label(code, key) for _code, key in filter(None, chosen)]
            return _("%(answer)s at %(code)s") % {"answer": self._joined(labels, _or), "code": code}
        return self._joined(list(map(self.of, parts)), _or)

    def _joined(self, parts: list[str], join: Callable[[str, str], str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            text = join(text, part)
        return text

    def _call(self, tree: Tree) -> str:
        if chosen := _choice_of(tree):
            code, key = chosen
            return _("%(answer)s at %(code)s") % {"answer": self._label(code, key), "code": code}
        if tree[1] == "not" and (chosen := _choice_of(tree[2])):
            return self._other_than(*chosen)
        raise NotInWords

    def _other_than(self, code: str, key: str) -> str:
        return _("something other than %(answer)s at %(code)s") % {"answer": self._label(code, key), "code": code}

    def _compared(self, sign: str, left: Tree, right: Tree) -> str:
        if _is_any_answer([sign, left, right]):
            code = left[1] if left[0] == "ref" else left[2][1]
            return _("anything at %(code)s") % {"code": code}
        if left[0] != "ref":
            raise NotInWords
        code = left[1]
        if right[0] == "str" and sign in ("=", "!="):
            if sign == "!=":
                return self._other_than(code, right[1])
            return _("%(answer)s at %(code)s") % {"answer": self._label(code, right[1]), "code": code}
        if right[0] == "num":
            number = localization.number(right[1], self.language)
            return str(_number_words()[sign]) % {"number": number, "code": code}
        if right[0] == "ref" and sign in (">", "<"):
            more, less = (code, right[1]) if sign == ">" else (right[1], code)
            return _("more at %(code)s than at %(other)s") % {"code": more, "other": less}
        raise NotInWords

    def _label(self, code: str, key: str) -> str:
        question = self.instrument.questions.get(code)
        if question is None or question.kind not in CHOICE_KINDS or key not in question.choice_by_key:
            raise NotInWords
        return _("“%(text)s”") % {"text": question.choice_by_key[key].label.in_(self.language)}


_COMPARED = frozenset({"=", "!=", ">", ">=", "<", "<="})


def _number_words() -> dict[str, str]:
    return {
        "=": _("%(number)s at %(code)s"),
        "!=": _("another number than %(number)s at %(code)s"),
        ">": _("more than %(number)s at %(code)s"),
        ">=": _("%(number)s or more at %(code)s"),
        "<": _("less than %(number)s at %(code)s"),
        "<=": _("%(number)s or less at %(code)s"),
    }


def _pair(one: str, other: str) -> dict[str, str]:
    return {"one": one, "other": other}


def _and(one: str, other: str) -> str:
    return _("%(one)s and %(other)s") % _pair(one, other)


def _or(one: str, other: str) -> str:
    return _("%(one)s or %(other)s") % _pair(one, other)


def _choice_of(tree: Tree) -> tuple[str, str] | None:
    """Code and key of `selected(${code}, 'key')` and of `${code} = 'key'`."""
    if tree[0] == "call" and tree[1] == "selected" and tree[2][0] == "ref" and tree[3][0] == "str":
        return tree[2][1], tree[3][1]
    if tree[0] == "=" and tree[1][0] == "ref" and tree[2][0] == "str" and tree[2][1]:
        return tree[1][1], tree[2][1]
    return None


def _is_any_answer(tree: list[Any]) -> bool:
    """`${code} != ''` and `count-selected(${code}) > 0`."""
    if tree[0] == "!=" and tree[1][0] == "ref":
        return bool(tree[2] == ["str", ""])
    is_count = tree[0] == ">" and tree[1][:2] == ["call", "count-selected"] and tree[1][2][0] == "ref"
    return bool(is_count and tree[2][0] == "num" and tree[2][1] == 0)
