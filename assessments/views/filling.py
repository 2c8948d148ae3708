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
from assessments.models import Assessment, Remark
from assessments.readmodels import filling, home
from assessments.readmodels.saved import Saved
from assessments.services import answering, evidence, reviewing
from assessments.views.evidence import browser_words
from assessments.views.syncing import now_in_milliseconds
from assessments.words import reading_language
from suppliers.access import open_factory
from suppliers.roles import Right


@login_required
@require_GET
def factory_home(request: HttpRequest, code: str) -> HttpResponse:
    factory = open_factory(request, code, to=Right.SEE_DRAFT)
    page = {"home": home.factory_home(factory), "factory": factory}
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
    page = home.assessment_page(opened)
    shown = {"page": page, "assessment": opened}
    return _kept(request, render(request, "assessments/filling/assessment.html", shown))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Never kept by the browser: an old page under the back button would hold old versions of the answers."""
    right = Right.EDIT_ANSWERS if request.method == "POST" else Right.SEE_DRAFT
    opened = open_assessment(request, code, to=right)
    part = instrument_of(opened.campaign.version_id).section(section)
    if part is None:
        raise Http404
    saved = _save_section(request, opened, part) if request.method == "POST" else {}
    if request.method == "POST" and not any(one.conflict for one in saved.values()):
        return redirect(_after_saving(request, opened, part))
    may_edit = request.hat.allows(Right.EDIT_ANSWERS)  # type: ignore[attr-defined]
    page = filling.section_page(opened, part, may_edit=may_edit, saved=saved)
    shown = {"page": page, "data": _browser_data(page)}
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
            "leave": _("Some answers are not saved yet."),
        }
        | browser_words(),
    }


def _save_section(request: HttpRequest, opened: Assessment, part: Section) -> dict[str, Saved]:
    saved = _save_answers(request, opened, part)
    for code, upload in forms.uploads(request.FILES, part.questions):
        _add_file(request, opened, code, upload)
    _remove_file(request, opened)
    _save_replies(request, opened)
    return saved


def _save_answers(request: HttpRequest, opened: Assessment, part: Section) -> dict[str, Saved]:
    saved: dict[str, Saved] = {}
    locked = 0
    for code, entry in forms.entries(request.POST, part.questions).items():
        try:
            saved[code] = answering.save_answer(
                assessment=opened, code=code, entry=entry, by=request.user, language=reading_language()
            )
        except answering.Locked:
            locked += 1
    if locked and not saved:
        messages.error(request, _("These answers cannot be changed now."))
    return saved


def _add_file(request: HttpRequest, opened: Assessment, code: str, upload: Any) -> None:
    try:
        evidence.add_evidence(assessment=opened, code=code, upload=upload, by=request.user)
    except evidence.FileRefused as refused:
        messages.error(request, f"{code}: {labels.file_problem_text(refused.code)}")
    except answering.Locked:
        messages.error(request, _("These answers cannot be changed now."))


def _remove_file(request: HttpRequest, opened: Assessment) -> None:
    try:
        public_id = forms.removed(request.POST)
    except forms.BadRequest:
        raise Http404 from None
    if public_id is None:
        return
    file = get_object_or_404(opened.evidence.current(), public_id=public_id)
    try:
        evidence.remove_evidence(evidence=file)
    except answering.Locked:
        messages.error(request, _("These answers cannot be changed now."))


def _save_replies(request: HttpRequest, opened: Assessment) -> None:
    for remark_id, text in forms.replies(request.POST).items():
        if not request.hat.allows(Right.ANSWER_REMARKS):  # type: ignore[attr-defined]
            raise PermissionDenied
        remark = get_object_or_404(Remark.objects.sent(), pk=remark_id, review__assessment=opened)
        reviewing.reply(remark=remark, text=text, by=request.user, from_factory=True, language=reading_language())


def _after_saving(request: HttpRequest, opened: Assessment, part: Section) -> str:
    here = reverse("assessments:section", args=[opened.code, part.code])
    if "next" not in request.POST:
        messages.success(request, _("Saved"))
        return here
    links = home.assessment_page(opened).links
    codes = [link.section.code for link in links]
    following = codes[codes.index(part.code) + 1 :] if part.code in codes else []
    if following:
        return reverse("assessments:section", args=[opened.code, following[0]])
    return reverse("assessments:missing", args=[opened.code])


@login_required
@require_POST
def answer(request: HttpRequest, code: str, question: str) -> JsonResponse:
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    try:
        entry = forms.entry_from_json(request.body)
        saved = answering.save_answer(
            assessment=opened, code=question, entry=entry, by=request.user, language=reading_language()
        )
    except forms.BadRequest:
        return JsonResponse({"state": "refused"}, status=400)
    except answering.UnknownQuestion:
        raise Http404 from None
    except answering.Locked:
        return JsonResponse({"state": "locked"}, status=423)
    return JsonResponse(home.saved_json(saved), status=409 if saved.conflict else 200)


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
