from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo import world
from assessments.models import Submission
from suppliers.models import Brand, Factory, User


class Command(BaseCommand):
    help = "Fill an empty portal with a demo world of factories, brands, people and two years of answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--factories", type=int, default=world.FACTORIES)
        parser.add_argument("--seed", type=int, default=world.SEED, help="the same number gives the same world")

    def handle(self, *args: Any, factories: int, seed: int, **options: Any) -> None:
        password = getattr(settings, "DEMO_PASSWORD", "")
        if not password:
            raise CommandError("These settings have no DEMO_PASSWORD: a demo world has no place in production")
        if world.exists():
            self.stdout.write(f"The demo world is here already: {self.contents()}")
            return
        if factories < 3:
            raise CommandError("A world has at least one factory in each country: --factories 3 or more")
        try:
            world.make(factories=factories, seed=seed, password=password)
        except world.NoQuestionnaire:
            raise CommandError("Publish a questionnaire first: load_questionnaire PATH --publish") from None
        except world.SomebodyElses:
            raise CommandError("This database holds other people or places; a demo world needs an empty one") from None
        self.stdout.write(f"A demo world was made: {self.contents()}")

    def contents(self) -> str:
        return (
            f"{Factory.objects.count()} factories, {Brand.objects.count()} brands, {User.objects.count()} people, "
            f"{Submission.objects.count()} submissions"
        )
