"""What is said of workbooks and sheets that somebody sent."""

from django.utils.translation import gettext_lazy as _

from assessments.domain.xlsform import SheetProblem

SHEET_PROBLEMS = {
    "sheet_missing": _("This sheet is missing or empty."),
    "text_missing": _("A text is missing here."),
    "not_a_number": _("“%(detail)s” is not a number that fits here."),
    "not_yes_or_no": _("“%(detail)s” is neither yes nor no."),
    "unknown_word": _("“%(detail)s” is not one of the words allowed here."),
    "bad_name": _("“%(detail)s” cannot be a name: use Latin letters, digits, points and hyphens, without spaces."),
    "double_name": _("“%(detail)s” stands here a second time."),
    "score_above_one": _("A choice's score lies between 0 and 1."),
    "score_missing": _("%(detail)s has points, but nothing says how they are earned."),
    "group_out_of_place": _("“%(detail)s” does not fit here: check where groups begin and end."),
    "group_not_closed": _("The group “%(detail)s” is never closed."),
    "group_in_table": _("“%(detail)s”: a table cannot hold a group or another table."),
    "type_missing": _("“%(detail)s” has no type."),
    "column_type": _("“%(detail)s”: a table holds numbers, texts and dates only."),
    "column_logic": _("“%(detail)s”: the columns of a table cannot have conditions, calculations or defaults."),
    "unknown_factor": _("“%(detail)s” is not an emission factor that the portal knows."),
    "unit_of_factor": _("The unit must be that of the emission factor (%(detail)s)."),
    "repeat_not_fixed": _("A repeat needs a fixed repeat_count from 1 to 50; “%(detail)s” is not one."),
    "table_without_columns": _("The table “%(detail)s” has no columns."),
    "column_refused": _("The column “%(detail)s” is not supported: please leave it empty."),
    "or_other": _("“%(detail)s”: or_other is not supported. Add a choice “other” and a text question after it."),
    "calculation_missing": _("%(detail)s is a calculation, but has no expression."),
    "calculation_out_of_place": _("A question of the type “%(detail)s” cannot be calculated: use the type calculate."),
    "choice_filter_out_of_place": _("A choice_filter belongs to choices, not to the type “%(detail)s”."),
    "constraint_out_of_place": _("A constraint cannot stand at the type “%(detail)s”."),
    "points_without_answer": _("%(detail)s has points, but nobody answers it."),
    "pillar_missing": _("The section “%(detail)s” has questions with points, but no pillar (E, S or G)."),
    "default_not_fixed": _("The default “%(detail)s” must be a fixed value."),
    "default_does_not_fit": _("The default “%(detail)s” is not a possible answer here."),
    "appearance_refused": _("The appearance “%(detail)s” is not supported."),
    "text_too_long": _("This text is too long. At most %(detail)s characters fit."),
    "too_many_questions": _("There are too many questions. At most %(detail)s fit."),
    "formula": _("A formula stands in this cell. Please put its value there."),
    "too_many_rows": _("This sheet has too many rows. At most %(detail)s are read."),
    "sheet_refused": _("The sheet “%(detail)s” is not supported: please remove it."),
    "too_many_columns": _("This sheet has too many columns. At most %(detail)s are read."),
    "unknown_type": _("The question type “%(detail)s” is not supported."),
    "unknown_list": _("The choice list “%(detail)s” does not exist or is empty."),
    "unknown_name": _("There is no question named “%(detail)s”."),
    "name_has_no_value": _("“%(detail)s” is a table, a file or a note and has no value to use here."),
    "name_in_table": _("“%(detail)s” is a column of a table, or a group, and has no value to use here."),
    "unknown_choice_column": _("The choices have no column named “%(detail)s”."),
    "cycle": _("These questions wait for each other: %(detail)s."),
    "logic_syntax": _("This expression cannot be read from “%(detail)s” on."),
    "logic_too_long": _("This expression is too long."),
    "logic_too_deep": _("This expression is nested too deeply."),
    "logic_unknown_function": _("The function “%(detail)s” is not supported."),
    "logic_wrong_arguments": _("The function “%(detail)s” has too few or too many arguments."),
    "logic_bare_name": _("“%(detail)s” is not known here. Names of questions are written as ${name}."),
    "logic_pattern": _("This pattern for regex() is not supported: %(detail)s"),
}


# What is understood, but has no effect in the portal.
SHEET_REMARKS = {
    "metadata_ignored": _("“%(detail)s” is not asked: the portal knows by itself who answers and when."),
    "appearance_ignored": _("The appearance “%(detail)s” changes nothing here."),
    "setting_ignored": _("The setting “%(detail)s” changes nothing here."),
    "sheet_ignored": _("The sheet “%(detail)s” is not read."),
    "column_ignored": _("The column “%(detail)s” is not read."),
    "language_ignored": _("The portal does not speak “%(detail)s”: these texts are left out."),
}


UPLOAD_PROBLEMS = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("This file is too large. A questionnaire has at most 5 MB."),
    "macros": _("This file contains macros. Please save it as an .xlsx workbook without macros."),
    "wrong_type": _("Please choose an .xlsx or .xls workbook, or a ZIP file with CSV sheets."),
    "broken": _("This file cannot be read. Please open it in your spreadsheet program and save it anew."),
    "unsafe": _("This file is built in a way that could harm the portal. Please save it anew and try again."),
    "locked": _("This file is protected with a password. Please save it without one."),
    "too_slow": _("Reading this file takes too long. Please make it smaller."),
}


# Of a workbook with answers. What it has in common with a questionnaire's is said above.
WORKBOOK_REFUSALS = {
    "too_large": _("This file is too large. A workbook with answers has at most 5 MB."),
    "wrong_type": _("Please choose the .xlsx workbook that you downloaded here, and save it as .xlsx."),
    "foreign": _("This workbook does not come from the portal. Please download yours here and fill it in."),
    "other_assessment": _("This workbook belongs to another assessment. Please download the one of this assessment."),
    "other_version": _("This workbook was made for another version of the questionnaire. Please download it again."),
}

WORKBOOK_PROBLEMS = {
    "formula": _("A formula stands in this cell. Please put its value there."),
    "not_yes_or_no": _("“%(detail)s” is neither yes nor no."),
    "too_many_rows": _("This sheet has too many rows. At most %(detail)s are read."),
    "too_many_columns": _("This sheet has too many columns. At most %(detail)s are read."),
}


def sheet_problem_text(problem: SheetProblem) -> str:
    return str((SHEET_PROBLEMS | SHEET_REMARKS)[problem.code]) % {"detail": problem.detail}


TEXT_PROBLEMS = {
    "missing": _("Missing"),
    "same_as_english": _("The same as in English"),
    "wrong_script": _("Written in another script"),
    "placeholder_lost": _("A ${…} is missing or added"),
}


def text_problem_text(code: str) -> str:
    return str(TEXT_PROBLEMS[code])


BROKEN_REASONS = {
    "kind": _("Another type of question"),
    "choices": _("Choices are gone"),
    "columns": _("Columns are gone or have another unit"),
    "unit": _("Another unit"),
    "renamed": _("Came back under another code"),
}
