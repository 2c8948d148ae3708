from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suppliers.access import open_brand, open_program, person
from suppliers.forms.factories import BrandForm, SupplierForm
from suppliers.models import Factory
from suppliers.readmodels.places import brands_with_counts, candidates, suppliers_of
from suppliers.roles import Right
from suppliers.services import supplying

PER_PAGE = 25


@login_required
@require_safe
def brand_list(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.MANAGE_FACTORIES)
    page = Paginator(brands_with_counts(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "suppliers/brands.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def brand_new(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.MANAGE_FACTORIES)
    form = BrandForm(request.POST or None)
    if form.is_valid():
        brand = form.save()
        messages.success(request, _("The brand is added. Now say from which factories it buys."))
        return redirect("suppliers:brand_edit", brand.code)
    return render(request, "suppliers/brand_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def brand_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Name and suppliers; `?q=` looks for factories to add."""
    brand = open_brand(request, code, to=Right.MANAGE_FACTORIES)
    # The form writes into its copy, so that the heading keeps the name that is stored.
    form = BrandForm(request.POST or None, instance=copy(brand))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect("suppliers:brand_edit", code)
    query = request.GET.get("q", "").strip()[:100]
    page = Paginator(suppliers_of(brand, person(request)), PER_PAGE).get_page(request.GET.get("page"))
    found = candidates(brand, person(request), query) if query else None
    context = {"form": form, "brand": brand, "page": page, "query": query, "found": found}
    return render(request, "suppliers/brand_form.html", context)


@login_required
@require_POST
def brand_suppliers(request: HttpRequest, code: str) -> HttpResponse:
    brand = open_brand(request, code, to=Right.MANAGE_FACTORIES)
    form = SupplierForm(request.POST)
    if form.is_valid():
        factory = get_object_or_404(Factory.objects.visible_to(request.user), code=form.cleaned_data["factory"])
        names = {"brand": brand, "factory": factory}
        if form.cleaned_data["action"] == SupplierForm.LINK:
            supplying.link(brand=brand, factory=factory)
            messages.success(request, _("%(brand)s buys from %(factory)s now.") % names)
        else:
            supplying.unlink(brand=brand, factory=factory, by=person(request))
            messages.success(request, _("%(brand)s does not buy from %(factory)s any more.") % names)
    return redirect("suppliers:brand_edit", code)
