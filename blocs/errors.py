"""A rule said no."""


class Refusal(Exception):
    """A rule of the field said no: the message is Vietnamese, for the user.

    It says what happened, what was kept and what to do next. Subclasses stand beside the act that raises them and
    are named for the rule ("SubmissionClosed"). `status` is the HTTP answer when no form shows the sentence.
    """

    status = 409

    def __init__(self, sentence: str, *, remedy_url: str = "", remedy_label: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy_url = remedy_url
        self.remedy_label = remedy_label
