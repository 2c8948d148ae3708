from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from suppliers.models import User
from suppliers.roles import Role
from tests.support.world import hold, signed_in

pytestmark = pytest.mark.django_db


def make_admin(email: str, **options: str) -> str:
    out = StringIO()
    call_command("make_admin", email, stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_of_a_new_portal_can_work_at_once() -> None:
    assert "code by e-mail" in make_admin("First@example.org", name="Sokha", language="km")
    person = User.objects.get()
    assert (person.email, person.name, person.language) == ("first@example.org", "Sokha", "km")
    assert person.emailaddress_set.get().verified
    assert signed_in(person).get("/program/").status_code == 200


def test_somebody_who_has_an_account_keeps_it_and_twice_is_once() -> None:
    person = hold(Role.PROGRAM_STAFF).user
    make_admin(person.email)
    assert "code by e-mail" not in make_admin(person.email)
    assert [held.role for held in person.memberships.active()] == [Role.PROGRAM_ADMIN]


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        make_admin("nobody")
    assert not User.objects.exists()
