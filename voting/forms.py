"""What a ballot and a count look like as input."""

from typing import Any

from django import forms

from voting.models import Round
from voting.queries import ANSWERS, BallotOption, BallotView
from voting.tally import Answer, Mark, Method

CHOICES = [(answer.value, label) for answer, label in ANSWERS.items()]
NOTHING = "-"
OFFERED = "Đơn vị được giới thiệu"
ONE, FIELD = "choice", "option-"


class BallotForm(forms.Form):
    """A ballot in two requests: the first (step=check) shows what would be cast, the second (step=cast) casts it.

    The choice travels in the form itself, never through the session.
    """

    use_required_attribute = False  # what is missing is said by us, in Vietnamese, beside the ballot
    step = forms.ChoiceField(choices=[("check", "check"), ("cast", "cast")], initial="check", required=False)

    def __init__(self, view: BallotView, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.view = view
        for name, field in _ballot_fields(view).items():
            self.fields[name] = field

    @property
    def lines(self) -> list[tuple[BallotOption, forms.BoundField | None]]:
        """Each option with its field, where every option is answered; None for the unit's own."""
        return [(option, None if option.barred else self[FIELD + option.key]) for option in self.view.options]

    @property
    def is_confirmed(self) -> bool:
        """If this request casts rather than checks."""
        return self.is_valid() and self.cleaned_data["step"] == "cast"

    @property
    def is_refused(self) -> bool:
        """If the act said no (the view added its sentence), so that the choices are shown again."""
        return bool(self.errors)

    @property
    def is_checked(self) -> bool:
        """If the choice is complete, so that the check step can be shown."""
        return self.is_bound and self.is_valid()

    @property
    def marks(self) -> list[Mark]:
        """The choices as the act takes them; an empty list is a blank ballot."""
        if self.view.is_each:
            keys = [option.key for option in self.view.options if not option.barred]
            return [(key, Answer(self.cleaned_data[FIELD + key])) for key in keys]
        chosen = self.cleaned_data[ONE]
        keys = chosen if isinstance(chosen, list) else [chosen]
        return [(key, Answer.APPROVE) for key in keys if key != NOTHING]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What would be cast, as (answer, name) lines for the check step."""
        labels = {option.key: option.label for option in self.view.options}
        if not self.marks:
            return [("Phiếu trắng", "không chọn đơn vị nào")]
        words = dict(CHOICES) if self.view.is_each else {Answer.APPROVE.value: "Chọn"}
        return [(words[answer.value], labels[key]) for key, answer in self.marks]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The choices as hidden fields of the check step."""
        names = [name for name in self.fields if name != "step"]
        values = [(name, self.cleaned_data[name]) for name in names]
        return [(name, item) for name, value in values for item in (value if isinstance(value, list) else [value])]


class HandsForm(forms.Form):
    """The count of raised hands: those present, then for and against per option; the rest had no opinion."""

    def __init__(self, round_: Round, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.options = list(round_.options.all())
        self.is_each = round_.method == Method.EACH
        self.fields["present"] = _count_field("Số đơn vị có mặt", max_value=round_.roll.count())
        for option in self.options:
            self.fields[f"approve-{option.key}"] = _count_field("Số đơn vị nhất trí")
            if self.is_each:
                self.fields[f"reject-{option.key}"] = _count_field("Số đơn vị không nhất trí")

    @property
    def present_field(self) -> forms.BoundField:
        """The field of those present."""
        return self["present"]

    @property
    def lines(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each option's label with its fields."""
        answers = ("approve", "reject") if self.is_each else ("approve",)
        return [(option.label, [self[f"{answer}-{option.key}"] for answer in answers]) for option in self.options]

    @property
    def present(self) -> int:
        """How many units were present."""
        return int(self.cleaned_data["present"])

    @property
    def votes(self) -> dict[str, tuple[int, int, int | None]]:
        """The votes as the act takes them."""
        given = self.cleaned_data
        if not self.is_each:
            return {option.key: (given[f"approve-{option.key}"], 0, 0) for option in self.options}
        return {
            option.key: (given[f"approve-{option.key}"], given[f"reject-{option.key}"], None) for option in self.options
        }


def _count_field(label: str, max_value: int | None = None) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=max_value, widget=widget)


def _ballot_fields(view: BallotView) -> dict[str, forms.Field]:
    open_options = [option for option in view.options if not option.barred]
    if view.is_each:
        missing = {"required": "Chưa cho ý kiến."}
        return {
            FIELD + option.key: forms.ChoiceField(
                label=option.label, choices=CHOICES, error_messages=missing, widget=_radio()
            )
            for option in open_options
        }
    choices = [(option.key, option.label) for option in open_options]
    blank = [(NOTHING, "Không chọn đơn vị nào (phiếu trắng)")]
    if not view.is_several:
        missing = {"required": "Chưa chọn đơn vị."}
        one = forms.ChoiceField(label=OFFERED, choices=choices + blank, error_messages=missing, widget=_radio())
        return {ONE: one}
    boxes = forms.CheckboxSelectMultiple({"class": "form-check-input"})
    return {ONE: SeveralField(view.round.up_to, label=OFFERED, choices=choices + blank, widget=boxes)}


def _radio() -> forms.RadioSelect:
    return forms.RadioSelect({"class": "form-check-input"})


class SeveralField(forms.MultipleChoiceField):
    """Up to so many options, or the blank ballot alone."""

    default_error_messages = {"required": "Chưa chọn đơn vị."}

    def __init__(self, up_to: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.up_to = up_to

    def validate(self, value: list[str]) -> None:
        """Refuse too many choices, and a choice together with the blank ballot."""
        super().validate(value)
        if len(value) > self.up_to:
            raise forms.ValidationError(
                f"Đã chọn {len(value):02d} đơn vị; mỗi phiếu chọn tối đa {self.up_to:02d} đơn vị."
            )
        if NOTHING in value and len(value) > 1:
            raise forms.ValidationError("Phiếu trắng không chọn kèm đơn vị nào.")
