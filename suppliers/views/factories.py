from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from suppliers.access import open_factory, open_program
from suppliers.forms.factories import FactoryFilterForm, FactoryForm
from suppliers.models import Factory
from suppliers.readmodels.places import with_counts
from suppliers.roles import Right

PER_PAGE = 25


@login_required
@require_safe
def factory_list(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.MANAGE_FACTORIES)
    form = FactoryFilterForm(request.GET)
    found = with_counts(form.chosen(Factory.objects.visible_to(request.user)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "suppliers/factories.html", {"form": form, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def factory_new(request: HttpRequest) -> HttpResponse:
    hat = open_program(request, to=Right.MANAGE_FACTORIES)
    form = FactoryForm(request.POST or None, hat=hat)
    if form.is_valid():
        factory = form.save()
        messages.success(request, _("The factory is added. Now invite its manager."))
        return redirect("suppliers:factory_people", factory.code)
    return render(request, "suppliers/factory_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def factory_edit(request: HttpRequest, code: str) -> HttpResponse:
    factory = open_factory(request, code, to=Right.EDIT_FACTORY)
    # The form writes into its copy, so that the heading keeps the name that is stored.
    form = FactoryForm(request.POST or None, instance=copy(factory), hat=request.hat)  # type: ignore[attr-defined]
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect("suppliers:factory_edit", code)
    return render(request, "suppliers/factory_form.html", {"form": form, "factory": factory})
