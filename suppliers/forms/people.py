from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.labels import Country, Language, RoleName
from suppliers.models import Membership, User
from suppliers.roles import INVITABLE, Role, Scope


class InvitationForm(forms.Form):
    """Roles that the inviting hat may hand out at this kind of place; a country only for the program's people."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All countries")), *Country.choices]
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=Language.choices)

    def __init__(self, *args: object, hat: Membership, scope: Scope, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.hat = hat
        offered = [role for role in INVITABLE[Role(hat.role)] if role.scope is scope]
        self.fields["role"].choices = [(role.value, RoleName(role.value).label) for role in offered]  # type: ignore[attr-defined]
        self.fields["language"].initial = language
        if scope is not Scope.PROGRAM:
            del self.fields["country"]
        elif hat.country:
            self.fields["country"].disabled = True
            self.fields["country"].initial = hat.country

    def clean_email(self) -> str:
        """Accepting replaces the role held: nobody is to lose theirs by inviting themselves to a smaller one."""
        email = str(self.cleaned_data["email"]).lower()
        if email == self.hat.user.email:
            raise forms.ValidationError(_("This is your own address."))
        return email

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("role") is Role.PROGRAM_ADMIN and cleaned.get("country"):
            self.add_error("country", _("An administrator works for all countries."))
        return cleaned


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "phone", "language")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "language": forms.RadioSelect,
        }
        labels = {"name": _("Your name"), "language": _("Your language")}
        help_texts = {"language": _("For these pages and for the e-mails that we send you.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["name"].required = True


class HatForm(forms.Form):
    hat = forms.IntegerField(min_value=1)
