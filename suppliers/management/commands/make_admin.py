from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from suppliers.labels import Language
from suppliers.services import memberships


class Command(BaseCommand):
    help = "Make somebody a program administrator: the first one of a new portal, who then invites everybody else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH.value)

    def handle(self, *args: Any, email: str, name: str, language: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address") from None
        person = memberships.make_admin(email=email, name=name, language=language)
        self.stdout.write(f"{person.email} is a program administrator.")
        if not person.has_usable_password():
            self.stdout.write("They sign in with a code by e-mail, or set a password with “Forgot your password?”.")
