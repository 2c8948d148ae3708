from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from suppliers.models import Invitation, User


def invitation_in(request: HttpRequest) -> Invitation | None:
    """The open invitation whose link this visitor followed, if any."""
    token = request.session.get("invitation")
    return Invitation.objects.open().for_token(token).first() if token else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made only by those who were invited."""
        return invitation_in(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: object, commit: bool = True) -> User:
        user.language = (get_language() or "en")[:2]
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]
