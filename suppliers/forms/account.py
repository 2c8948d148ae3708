"""allauth's forms in our words: its own catalogue knows no Khmer, and a placeholder is no label."""

from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from suppliers.adapter import invitation_in
from suppliers.models import User
from suppliers.services import memberships

NEW_PASSWORD_HELP = _("At least 10 characters. A few words that only you would put together are easy to keep in mind.")
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "code": _("Code from the e-mail"),
}


class OurWords(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = NEW_PASSWORD_HELP if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, allauth.LoginForm):  # type: ignore[misc]
    pass


class AddEmailForm(OurWords, allauth.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(OurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    pass


class RequestLoginCodeForm(OurWords, allauth.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(OurWords, allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class SignupForm(OurWords, allauth.SignupForm):  # type: ignore[misc]
    """Only for the address that the invitation was sent to; the account begins with the invited role."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invitation = invitation_in(context.request)
        self.fields["email"].disabled = True
        self.initial["email"] = invitation.email if invitation else ""
        self.fields["password1"].label = _("Password")

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        invitation = invitation_in(request)
        if invitation:
            memberships.accept(invitation=invitation, by=user)
            request.session.pop("invitation")
