"""Input of the achievement report: its sections."""

from typing import Any

from django import forms

from awards.models import AchievementReport


class ReportForm(forms.Form):
    """The words of the report, one field a section."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        for name, heading, hint in AchievementReport.SECTIONS:
            self.fields[name] = forms.CharField(
                label=heading,
                required=False,
                max_length=20000,
                help_text=hint,
                widget=forms.Textarea({"rows": 5}),
            )
