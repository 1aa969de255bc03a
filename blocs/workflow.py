"""The only place where a state changes."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from blocs.errors import Refusal

Dossier = TypeVar("Dossier", bound=models.Model)


class NotNow(Refusal):
    """The dossier is in a state from which this step does not lead."""


def advance(dossier: Dossier, to: str, **changes: Any) -> Dossier:
    """Move a dossier to a state that its TRANSITIONS table allows, and store the given fields with it.

    The model has `state` and `TRANSITIONS: dict[state, set[state]]`. The caller holds the row's lock.
    Raises NotNow with both labels when the table does not allow the step.
    """
    here = dossier.state  # type: ignore[attr-defined]
    transitions: Mapping[str, set[str]] = dossier.TRANSITIONS  # type: ignore[attr-defined]
    if to not in transitions.get(here, set()):
        field: Any = type(dossier)._meta.get_field("state")  # noqa: SLF001 - Django's public reflection
        labels = dict(field.flatchoices)
        message = (
            f"Chưa thực hiện được: {type(dossier)._meta.verbose_name} đang ở trạng thái “{labels.get(here, here)}”, "  # noqa: SLF001
            f"không chuyển sang “{labels.get(to, to)}” được. Không có nội dung nào bị thay đổi. "
            "Đề nghị mở lại trang để xem trạng thái mới nhất."
        )
        raise NotNow(message)
    dossier.state = to  # type: ignore[attr-defined]
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=["state", *changes])
    return dossier
