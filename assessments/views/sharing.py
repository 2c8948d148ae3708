from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.reviewing import SharingForm
from assessments.readmodels.sharing import brands_of, sharing_page
from assessments.services import sharing as service
from suppliers.access import open_factory
from suppliers.roles import Right


@login_required
@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    factory = open_factory(request, code, to=Right.SHARE)
    form = SharingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brand = get_object_or_404(brands_of(factory), code=form.cleaned_data["brand"])
        if form.cleaned_data["action"] == SharingForm.WITHDRAW:
            service.withdraw(factory=factory, brand=brand, by=request.user)
            messages.success(request, _("%(brand)s can no longer see your submissions.") % {"brand": brand})
            return redirect("assessments:sharing", code)
        try:
            service.share(factory=factory, brand=brand, by=request.user)
            messages.success(request, _("%(brand)s can now see your submissions.") % {"brand": brand})
        except service.NotASupplier:
            messages.error(request, _("%(brand)s does not buy from your factory at present.") % {"brand": brand})
        return redirect("assessments:sharing", code)
    page = sharing_page(factory)
    return render(request, "assessments/sharing/sharing.html", {"page": page, "factory": factory})
