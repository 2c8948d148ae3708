from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import labels
from assessments.access import open_assessment
from assessments.compiled import instrument_of
from assessments.domain.instrument import Section
from assessments.forms import filling as forms
from assessments.models import Assessment, Evidence, Remark
from assessments.readmodels import checks, filling, home, offers
from assessments.readmodels.anchors import anchor_of
from assessments.readmodels.saved import Saved
from assessments.services import answering, assigning, evidence, reviewing
from assessments.sheet import sheet_of
from assessments.views.evidence import browser_words
from assessments.views.syncing import now_in_milliseconds
from assessments.words import reading_language
from suppliers.access import open_factory, person
from suppliers.models import User
from suppliers.roles import Right


@login_required
@require_GET
def factory_home(request: HttpRequest, code: str) -> HttpResponse:
    factory = open_factory(request, code, to=Right.SEE_DRAFT)
    page = {"home": home.factory_home(factory, person(request)), "factory": factory}
    return _kept(request, render(request, "assessments/filling/home.html", page), kind="home")


def _kept(request: HttpRequest, response: HttpResponse, kind: str = "page") -> HttpResponse:
    """A phone keeps these pages for work without a connection, in the hands of those who fill them in."""
    if request.hat.allows(Right.EDIT_ANSWERS):  # type: ignore[attr-defined]
        response.headers["X-Portal-Keep"] = kind
    return response


@login_required
@require_GET
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.SEE_DRAFT)
    page = home.assessment_page(opened, person(request))
    shown = {"page": page, "assessment": opened}
    return _kept(request, render(request, "assessments/filling/assessment.html", shown))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Never kept by the browser: an old page under the back button would hold old versions of the answers.

    What is sent is refused as a whole before anything of it is stored. After that each answer is saved for itself:
    one that cannot be saved now takes no other with it.
    """
    right = Right.EDIT_ANSWERS if request.method == "POST" else Right.SEE_DRAFT
    opened = open_assessment(request, code, to=right)
    part = instrument_of(opened.campaign.version_id).section(section)
    if part is None:
        raise Http404
    saved = _save_section(request, opened, part) if request.method == "POST" else {}
    if request.method == "POST" and not any(one.conflict for one in saved.values()):
        return redirect(_after_saving(request, opened, part))
    may_edit = request.hat.allows(Right.EDIT_ANSWERS)  # type: ignore[attr-defined]
    page = filling.section_page(opened, part, may_edit=may_edit, reader=person(request), saved=saved)
    shown = {"page": page, "data": _browser_data(page), "offers": filling.offers_data(page)}
    response = render(request, "assessments/filling/section.html", shown)
    return _kept(request, response) if request.method == "GET" else response


def _browser_data(page: filling.SectionPage) -> dict[str, Any]:
    """The page's script speaks only with the words given here."""
    return filling.browser_data(page) | {
        "assessment": page.assessment.code,
        "section": page.section.code,
        "now": now_in_milliseconds(),
        "words": {
            "saving": _("Saving…"),
            "saved": _("Saved"),
            "saved_odd": _("Kept as you typed it. Please correct it."),
            "waiting": _("Saved on this phone"),
            "unkept": _("Not saved yet. Please keep this page open."),
            "conflict": _("A colleague has changed this answer. Please choose."),
            "locked": _("This answer cannot be changed now."),
            "signed_out": _("Saved on this phone. Please sign in again."),
            "understood": _("Understood as:"),
            "keep_mine": _("Keep mine"),
            "take_theirs": _("Take theirs"),
            "mine": _("Your answer"),
            "theirs": _("Answer of %(who)s, %(when)s"),
            "empty": _("No answer"),
            "na_reason": str(labels.GAP_REASONS["na_reason"]),
            "open": _("Download"),
            "remove": _("Remove"),
            "pasted": _("Cells filled: %(count)s."),
            "pasted_odd": _("Cells not understood: %(count)s. They are marked; please correct them."),
            "pasted_outside": _("Cells that did not fit into the table: %(count)s."),
            "leave": _("Some answers are not saved yet."),
        }
        | browser_words(),
    }


def _save_section(request: HttpRequest, opened: Assessment, part: Section) -> dict[str, Saved]:
    file, replies = _file_to_remove(request, opened), _replies(request, opened)
    saved = _save_answers(request, opened, part)
    for code, upload in forms.uploads(request.FILES, part.questions):
        _add_file(request, opened, code, upload)
    if file:
        _remove_file(request, file)
    for remark, text in replies:
        reviewing.reply(remark=remark, text=text, by=person(request), from_factory=True, language=reading_language())
    button, code = forms.pressed(request.POST)
    if button == "right" and code in saved and not saved[code].conflict:
        _confirm(opened, saved[code], by=person(request))
    return saved


def _confirm(opened: Assessment, saved: Saved, by: User) -> None:
    lines = checks.Checks(opened, saved.question.code).at(saved.question, saved.answer.value, reading_language())
    assigning.confirm(assessment=opened, checks=[line.check for line in lines], by=by)


def _save_answers(request: HttpRequest, opened: Assessment, part: Section) -> dict[str, Saved]:
    saved: dict[str, Saved] = {}
    locked = 0
    entries = forms.entries(request.POST, part.questions)
    _press(request, opened, entries)
    for code, entry in entries.items():
        try:
            saved[code] = answering.save_answer(
                assessment=opened, code=code, entry=entry, by=request.user, language=reading_language()
            )
        except answering.Locked:
            locked += 1
    if locked and not saved:
        messages.error(request, _("These answers cannot be changed now."))
    return saved


def _press(request: HttpRequest, opened: Assessment, entries: dict[str, answering.Entry]) -> None:
    """“Clear this answer” and “Same as last year” take the place of what stands in the inputs."""
    button, code = forms.pressed(request.POST)
    if code not in entries:
        return
    if button == "clear":
        entries[code] = forms.cleared(entries[code])
    if button == "take":
        question = answering.question_in(opened, code)
        offer = offers.offer_for(question, offers.last_year_of(opened, only=question.code), reading_language())
        if offer and offer.fits:
            entries[code] = forms.taken_over(entries[code], offer)


def _add_file(request: HttpRequest, opened: Assessment, code: str, upload: Any) -> None:
    try:
        evidence.add_evidence(assessment=opened, code=code, upload=upload, by=request.user)
    except evidence.FileRefused as refused:
        messages.error(request, f"{code}: {labels.file_problem_text(refused.code)}")
    except answering.Locked:
        messages.error(request, _("These answers cannot be changed now."))


def _file_to_remove(request: HttpRequest, opened: Assessment) -> Evidence | None:
    try:
        public_id = forms.removed(request.POST)
    except forms.BadRequest:
        raise Http404 from None
    return get_object_or_404(opened.evidence.current(), public_id=public_id) if public_id else None


def _remove_file(request: HttpRequest, file: Evidence) -> None:
    try:
        evidence.remove_evidence(evidence=file)
    except answering.Locked:
        messages.error(request, _("These answers cannot be changed now."))


def _replies(request: HttpRequest, opened: Assessment) -> list[tuple[Remark, str]]:
    replies = forms.replies(request.POST)
    if replies and not request.hat.allows(Right.ANSWER_REMARKS):  # type: ignore[attr-defined]
        raise PermissionDenied
    sent = Remark.objects.sent().filter(review__assessment=opened)
    return [(get_object_or_404(sent, pk=pk), text) for pk, text in replies.items()]


def _after_saving(request: HttpRequest, opened: Assessment, part: Section) -> str:
    here = reverse("assessments:section", args=[opened.code, part.code])
    if "next" not in request.POST:
        messages.success(request, _("Saved"))
        _button, question = forms.pressed(request.POST)
        return f"{here}#{anchor_of(question)}" if question in {q.code for q in part.questions} else here
    codes = [section.code for section in sheet_of(opened).sections()]
    following = codes[codes.index(part.code) + 1 :] if part.code in codes else []
    if following:
        return reverse("assessments:section", args=[opened.code, following[0]])
    return reverse("assessments:missing", args=[opened.code])


@login_required
@require_POST
def confirm(request: HttpRequest, code: str, question: str) -> JsonResponse:
    """“Yes, it is right”, sent by the page's script; the plain form says it with the section."""
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    stored = get_object_or_404(opened.answers, question_code=question)
    try:
        answering.must_be_unlocked(opened, question)
        asked = answering.question_in(opened, question)
    except answering.UnknownQuestion:
        raise Http404 from None
    except answering.Locked:
        return JsonResponse({"state": "locked"}, status=423)
    lines = checks.Checks(opened, asked.code).at(asked, stored.value, reading_language())
    assigning.confirm(assessment=opened, checks=[line.check for line in lines], by=person(request))
    return JsonResponse({"state": "saved"})


@login_required
@require_POST
def upload(request: HttpRequest, code: str, question: str) -> JsonResponse:
    """One file at a time, sent by the page's script; the plain form sends files with the section."""
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"state": "refused", "problem": labels.file_problem_text("empty")}, status=400)
    try:
        added = evidence.add_evidence(assessment=opened, code=question, upload=file, by=request.user)
    except evidence.FileRefused as refused:
        return JsonResponse({"state": "refused", "problem": labels.file_problem_text(refused.code)}, status=422)
    except answering.UnknownQuestion:
        raise Http404 from None
    except answering.Locked:
        return JsonResponse({"state": "locked"}, status=423)
    link = reverse("assessments:evidence", args=[added.public_id])
    return JsonResponse({"state": "saved", "name": added.name, "id": str(added.public_id), "url": link})
