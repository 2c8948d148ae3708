"""The words shown for the keys that the database stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from suppliers.roles import Role


class Country(TextChoices):
    CAMBODIA = "KH", _("Cambodia")
    THAILAND = "TH", _("Thailand")
    VIETNAM = "VN", _("Vietnam")


class Sector(TextChoices):
    GARMENTS = "garments", _("Garments & textiles")
    FOOD = "food", _("Food processing")
    ELECTRONICS = "electronics", _("Electronics")


class Language(TextChoices):
    """The languages, each named in itself: a reader must find theirs on a page they cannot read."""

    ENGLISH = "en", "English"
    KHMER = "km", "ភាសាខ្មែរ"
    THAI = "th", "ไทย"
    VIETNAMESE = "vi", "Tiếng Việt"


class RoleName(TextChoices):
    FACTORY_CONTRIBUTOR = Role.FACTORY_CONTRIBUTOR.value, _("Factory contributor")
    FACTORY_MANAGER = Role.FACTORY_MANAGER.value, _("Factory manager")
    BRAND_REVIEWER = Role.BRAND_REVIEWER.value, _("Brand reviewer")
    BRAND_LEAD = Role.BRAND_LEAD.value, _("Brand lead")
    PROGRAM_STAFF = Role.PROGRAM_STAFF.value, _("Program staff")
    PROGRAM_ADMIN = Role.PROGRAM_ADMIN.value, _("Program administrator")


# The language that a country's factories are written to in, until a person chooses another.
LANGUAGE_OF_COUNTRY = {Country.CAMBODIA: "km", Country.THAILAND: "th", Country.VIETNAM: "vi"}
