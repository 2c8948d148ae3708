"""The expressions of a questionnaire: parsed once at import, evaluated alike by Python and by the browser."""

from assessments.domain.logic.evaluation import Lookup, evaluate
from assessments.domain.logic.graph import find_cycles, in_order
from assessments.domain.logic.parsing import LogicError, names_in, parse
from assessments.domain.logic.values import Value, truth

__all__ = ["LogicError", "Lookup", "Value", "evaluate", "find_cycles", "in_order", "names_in", "parse", "truth"]
