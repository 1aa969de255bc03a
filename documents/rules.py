"""Who may, with official papers."""

import rules

from blocs.models import Post, User
from blocs.rules import permit
from blocs.standing import standing_of
from documents.models import Document


@rules.predicate
def prepares(user: User, document: Document) -> bool:
    """Whether the user acts for the unit that issues the paper."""
    return standing_of(user).represents(document.unit_id)


@rules.predicate
def keeps_records(user: User, document: Document) -> bool:
    """Whether the user is records clerk of the unit that issues the paper."""
    return Post.Role.CLERK in standing_of(user).units.get(document.unit_id, frozenset())


permit("documents.prepare", prepares, "Việc này do đơn vị ban hành văn bản thực hiện.")
permit(
    "documents.issue_number",
    keeps_records,
    "Việc này do Văn thư của đơn vị ban hành thực hiện. Thủ trưởng đơn vị mời Văn thư tại trang Người của đơn vị.",
)
