from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend as AccountBackend
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from suppliers.models import Invitation, Membership, User
from suppliers.models.written_reads import WrittenRead

hats_of_user = WrittenRead(
    lambda user_id: Membership.objects.active().as_hats().select_related("user").filter(user=user_id), stand_in=-1
)


def invitation_in(request: HttpRequest) -> Invitation | None:
    """The open invitation whose link this visitor followed, if any."""
    token = request.session.get("invitation")
    return Invitation.objects.open().for_token(token).first() if token else None


class AuthenticationBackend(AccountBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """Who is signed in and the hats they may wear, in one query: nearly every page asks for both."""
        hats = hats_of_user(user_id)
        if not hats:
            return super().get_user(user_id)  # type: ignore[no-any-return]
        user = hats[0].user
        user.hats = hats
        return user if self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("We write to this address, so it cannot be removed."),
        "duplicate_email": _("You have added this address already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("Another account has this address already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("The code is not right."),
        "incorrect_password": _("The password is not right."),
        "invalid_login": _("The e-mail address or the password is not right."),
        "invalid_password_reset": _("This link does not work any more."),
        "max_email_addresses": _("You cannot add more than %d e-mail addresses."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "unverified_primary_email": _("Confirm this address first: open the link in the e-mail that we sent."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made only by those who were invited."""
        return invitation_in(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: object, commit: bool = True) -> User:
        user.language = (get_language() or "en")[:2]
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the recipient's language, whatever language the page was read in."""
        names = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        recipient = context.get("user") or User.objects.filter(email=email.lower()).first()
        with translation.override(recipient.language if recipient else get_language()):
            super().send_mail(template_prefix, email, names | context)
