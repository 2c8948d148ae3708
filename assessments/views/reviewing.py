from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assessments.access import open_assessment, open_submission
from assessments.domain.states import WrongState
from assessments.forms.reviewing import DecisionForm, FilterForm, RemarkForm, ReplyForm
from assessments.models import Remark, Submission
from assessments.readmodels import portfolio
from assessments.readmodels import submission as reading
from assessments.readmodels.anchors import anchor_of
from assessments.services import notices, reviewing
from assessments.words import reading_language
from suppliers.access import open_brand
from suppliers.models import Brand
from suppliers.roles import Right, Scope

NEWER = gettext_lazy("The factory has submitted again. Please read the newer submission first.")


def party_of(request: HttpRequest) -> Brand | None:
    """The brand whose hat is worn; None for the program."""
    return request.hat.brand  # type: ignore[attr-defined,no-any-return]


@login_required
@require_GET
def supplier_table(request: HttpRequest, code: str) -> HttpResponse:
    brand = open_brand(request, code, to=Right.SEE_PORTFOLIO)
    form = FilterForm(request.GET)
    hat = request.hat  # type: ignore[attr-defined]
    country = hat.country if hat.scope is Scope.PROGRAM else ""
    page = portfolio.portfolio(brand, form.filters(), reading_language(), country=country)
    context = {"brand": brand, "page": page, "table": page.table, "form": form}
    return render(request, "assessments/review/suppliers.html", context)


@login_required
@require_GET
def submission(request: HttpRequest, code: str, number: int) -> HttpResponse:
    opened = open_submission(request, code, number)
    is_factory = request.hat.scope is Scope.FACTORY  # type: ignore[attr-defined]
    only_lost = request.GET.get("only") == "lost"
    page = reading.submission_page(opened, brand=party_of(request), is_factory=is_factory, only_lost=only_lost)
    hat = request.hat  # type: ignore[attr-defined]
    context = {
        "page": page,
        "submission": opened,
        "may_review": hat.allows(Right.REVIEW) and page.is_latest,
        "may_close": hat.allows(Right.RUN_CAMPAIGNS) and page.is_latest and opened.assessment.can("close"),
        "decision_form": DecisionForm(),
        "write_at": request.GET.get("write", ""),
    }
    return render(request, "assessments/review/submission.html", context)


def _back(opened: Submission, code: str = "", *, write: bool = False) -> HttpResponse:
    """`write`: the form for a remark is open there, and says that one is missing."""
    query = f"?{urlencode({'write': code})}" if write else ""
    anchor = f"#{anchor_of(code)}" if code else ""
    return redirect(reverse("assessments:submission", args=[opened.assessment.code, opened.number]) + query + anchor)


@login_required
@require_POST
def remark(request: HttpRequest, code: str, number: int, question: str) -> HttpResponse:
    opened = open_submission(request, code, number, to=Right.REVIEW)
    if question not in {entry["code"] for entry in opened.score["questions"]}:
        raise Http404
    form = RemarkForm(request.POST)
    if form.has_error("text", "required"):
        return _back(opened, question, write=True)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return _back(opened, question)
    party, language = party_of(request), reading_language()
    try:
        reviewing.remark(
            submission=opened, brand=party, question_code=question, by=request.user, language=language,
            **form.cleaned_data,
        )  # fmt: skip
    except reviewing.NotTheLatest:
        messages.error(request, NEWER)
    return _back(opened, question)


def _own_remark(request: HttpRequest, pk: int) -> tuple[Submission, Remark]:
    """A remark of the party whose hat is worn, behind a submission that it may review."""
    found = get_object_or_404(Remark.objects.select_related("review__assessment"), pk=pk)
    opened = open_submission(request, found.review.assessment.code, found.submission_number, to=Right.REVIEW)
    if found.review.brand_id != getattr(party_of(request), "pk", None):
        raise Http404
    return opened, found


@login_required
@require_POST
def withdraw_remark(request: HttpRequest, pk: int) -> HttpResponse:
    opened, found = _own_remark(request, pk)
    reviewing.withdraw_remark(remark=found)
    return _back(opened, found.question_code)


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    opened, found = _own_remark(request, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        text, language = form.cleaned_data["text"], reading_language()
        reviewing.reply(remark=found, text=text, by=request.user, from_factory=False, language=language)
    return _back(opened, found.question_code)


@login_required
@require_POST
def decide(request: HttpRequest, code: str, number: int) -> HttpResponse:
    opened = open_submission(request, code, number, to=Right.REVIEW)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors.get("note", [_("Please choose a decision.")])[0])
        return _back(opened)
    accepts = form.cleaned_data["decision"] == DecisionForm.ACCEPT
    act = reviewing.accept if accepts else reviewing.request_clarification
    try:
        review = act(submission=opened, brand=party_of(request), by=request.user, note=form.cleaned_data["note"])
    except reviewing.NothingAsked:
        messages.error(request, _("Please mark at least one remark as a question to the factory first."))
    except reviewing.NotTheLatest:
        messages.error(request, NEWER)
    except WrongState:
        messages.error(request, _("This decision is not possible now."))
    else:
        notices.decided(review, opened)
        sent = _("Accepted. The factory has been told.") if accepts else _("Returned. The factory has been told.")
        messages.success(request, sent)
    return _back(opened)


@login_required
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.RUN_CAMPAIGNS)
    try:
        reviewing.close(assessment=opened)
        messages.success(request, _("The assessment is closed."))
    except WrongState:
        messages.error(request, _("Only a submitted assessment can be closed."))
    return redirect("assessments:submission", code, opened.submission_count or 1)
