from django import forms


class LongText(forms.CharField):
    """Counts the end of a line as one character, as browsers do, although they send two."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")
