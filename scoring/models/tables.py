"""The criteria table of a bloc year, its criteria, what members said about the draft, and each member's targets."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from blocs.models import BlocYear, Membership, User
from scoring.models.fields import FigureField
from scoring.parameters import parse_params
from scoring.points import Kind, Leaf, Method
from scoring.ranking import NotApplicable

KINDS = [(Kind.BASE.value, "Điểm chuẩn"), (Kind.BONUS.value, "Điểm thưởng"), (Kind.DEDUCTION.value, "Điểm trừ")]
METHODS = [
    (Method.POINTS.value, "Chấm trực tiếp"),
    (Method.RATIO.value, "Theo tỷ lệ hoàn thành"),
    (Method.ACHIEVED.value, "Đạt/không đạt"),
    (Method.RUBRIC.value, "Theo mức"),
    (Method.PER_UNIT.value, "Theo số lượng"),
    (Method.ADJUST.value, "Cộng, trừ"),
    (Method.RELATIVE.value, "So với đơn vị cao nhất Khối"),
]
NOT_APPLICABLE = [
    (NotApplicable.FULL.value, "Tính điểm tối đa"),
    (NotApplicable.EXCLUDE.value, "Loại ra và quy đổi"),
    (NotApplicable.ZERO.value, "Tính 0 điểm"),
]
BLOCKING = {
    "no_pledge": "chưa ký giao ước thi đua",
    "no_self_score": "không gửi bảng tự chấm điểm đúng thời hạn",
    "discipline": "có tập thể, lãnh đạo đơn vị bị kỷ luật",
    "incident": "để xảy ra vụ việc nghiêm trọng",
    "false_data": "kê khai số liệu không trung thực",
}


class CriteriaTable(models.Model):
    """The bloc's scoring table of one year. Once adopted it is frozen; a later version supersedes it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        COMMENT = "comment", "Đang lấy ý kiến"
        ADOPTED = "adopted", "Đã thống nhất, áp dụng"
        SUPERSEDED = "superseded", "Hết hiệu lực"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.COMMENT, State.ADOPTED, State.SUPERSEDED},
        State.COMMENT: {State.DRAFT, State.ADOPTED, State.SUPERSEDED},
        State.ADOPTED: {State.SUPERSEDED},
        State.SUPERSEDED: set(),
    }

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="criteria_tables", verbose_name="năm thi đua")
    version = models.PositiveSmallIntegerField("lần ban hành", default=1)
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.DRAFT)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=2)
    bonus_cap = FigureField("điểm thưởng tối đa")
    not_applicable = models.CharField(
        "tiêu chí không áp dụng", max_length=10, choices=NOT_APPLICABLE, default=NotApplicable.FULL.value
    )
    tie_breaks = models.JSONField("thứ tự xét khi bằng điểm", default=list)
    grades = models.JSONField("mức xếp loại", default=list, help_text="danh sách [tên, điểm từ]")
    blocking = models.JSONField("trường hợp không xét, đề nghị khen thưởng", default=list)
    source = models.CharField("nguồn", max_length=500, blank=True)
    confirmed_by = models.CharField("người xác nhận", max_length=250, blank=True)
    drafted_at = models.DateTimeField("lập lúc", null=True, blank=True)
    comment_from = models.DateTimeField("lấy ý kiến từ", null=True, blank=True)
    comment_until = models.DateTimeField("lấy ý kiến đến", null=True, blank=True)
    adopted_at = models.DateTimeField("áp dụng từ", null=True, blank=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "bảng tiêu chí"
        ordering = ("year", "-version")
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="a_version_of_a_years_table_exists_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="adopted"), name="one_adopted_criteria_table_per_year"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="a_table_has_at_most_six_decimals"),
        ]

    def __str__(self) -> str:
        return f"Bảng tiêu chí chấm điểm thi đua năm {self.year.year}"

    @property
    def is_frozen(self) -> bool:
        """Whether nothing in the table may change any more."""
        return self.state in {self.State.ADOPTED, self.State.SUPERSEDED}


class Criterion(models.Model):
    """One row of a table: a group, or a criterion that is scored (it has a method)."""

    table = models.ForeignKey(CriteriaTable, models.PROTECT, related_name="criteria", verbose_name="bảng tiêu chí")
    code = models.CharField("mã", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc nhóm"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("tên", max_length=1000)
    max_points = models.DecimalField("điểm tối đa", max_digits=15, decimal_places=6)
    kind = models.CharField("loại", max_length=10, choices=KINDS)
    method = models.CharField("cách chấm", max_length=10, choices=METHODS, blank=True)
    params = models.CharField("tham số", max_length=300, blank=True)
    measure = models.CharField("đơn vị tính", max_length=120, blank=True)
    evidence_hint = models.CharField("minh chứng", max_length=1000, blank=True)
    evidence_required = models.BooleanField("bắt buộc minh chứng", default=False)
    guidance = models.TextField("hướng dẫn", blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        ordering = ("table", "position")
        constraints = [
            models.UniqueConstraint(fields=["table", "code"], name="a_code_stands_once_in_a_table"),
            models.UniqueConstraint(fields=["table", "position"], name="a_table_is_ordered"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="a_criterion_gives_points"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_criterion_is_not_its_own_group"),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"

    @property
    def is_leaf(self) -> bool:
        """Whether the row is scored."""
        return bool(self.method)

    @property
    def leaf(self) -> Leaf:
        """The row as the arithmetic sees it; only for rows that are scored."""
        method = Method(self.method)
        return Leaf(self.code, self.max_points, method, Kind(self.kind), parse_params(method, self.params))


class TableComment(models.Model):
    """What a member said about a table put out for comment."""

    table = models.ForeignKey(CriteriaTable, models.PROTECT, related_name="comments", verbose_name="bảng tiêu chí")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("ý kiến")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người gửi")
    at = models.DateTimeField("thời điểm")

    class Meta:
        verbose_name = "ý kiến về bảng tiêu chí"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text


class Target(models.Model):
    """What a member is to reach on a criterion in the year ("Kế hoạch")."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Chưa duyệt"
        APPROVED = "approved", "Đã duyệt"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PROPOSED: {State.APPROVED},
        State.APPROVED: {State.PROPOSED},
    }

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="targets", verbose_name="đơn vị")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="targets", verbose_name="tiêu chí")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.PROPOSED)
    value = FigureField("kế hoạch", null=False, blank=False)
    source = models.CharField("nguồn", max_length=500, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    set_at = models.DateTimeField("ghi lúc")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)

    class Meta:
        verbose_name = "kế hoạch năm"
        constraints = [
            models.UniqueConstraint(fields=["membership", "criterion"], name="one_target_per_member_and_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.value}"
