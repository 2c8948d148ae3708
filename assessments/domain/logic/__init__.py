"""The expressions of a questionnaire: parsed once at import, evaluated alike by Python and by the browser."""

from assessments.domain.logic.evaluation import evaluate, truth
from assessments.domain.logic.parsing import LogicError, find_cycle, names_in, parse

__all__ = ["LogicError", "evaluate", "find_cycle", "names_in", "parse", "truth"]
