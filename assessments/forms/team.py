"""Who looks after which section: one list of colleagues a section."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.models import SectionAssignment
from assessments.readmodels.section_map import SectionLink
from suppliers.models import Membership


class TeamForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        links: Sequence[SectionLink],
        members: Sequence[Membership],
        held: Mapping[str, SectionAssignment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.links, self.members = links, {str(member.pk): member for member in members}
        people = [("", _("Nobody in particular")), *((pk, str(member.user)) for pk, member in self.members.items())]
        for link in links:
            assignment = held.get(link.section.code)
            self.fields[f"section-{link.section.code}"] = forms.ChoiceField(
                label=link.title,
                choices=people,
                required=False,
                initial=str(assignment.membership_id) if assignment else "",
            )

    @property
    def rows(self) -> list[tuple[SectionLink, BoundField]]:
        return [(link, self[f"section-{link.section.code}"]) for link in self.links]

    @property
    def wanted(self) -> dict[str, Membership | None]:
        """Of the sections that were on the page sent."""
        sent = {link.section.code: f"section-{link.section.code}" for link in self.links}
        return {code: self.members.get(self.cleaned_data[name]) for code, name in sent.items() if name in self.data}
