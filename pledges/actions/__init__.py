"""What happens to a pledge: drafted, revised, commented on, frozen, signed."""

from pledges.actions.drafting import (
    NotOpenForComments,
    PledgeContent,
    PledgeExists,
    RevisedMeanwhile,
    TargetLine,
    TextFixed,
    comment_pledge,
    draft_next_pledge,
    draft_pledge,
    open_comment,
    revise_pledge,
)
from pledges.actions.filing import file_pledge, print_pledge
from pledges.actions.freezing import NotReadyToFreeze, freeze_pledge, unfreeze_pledge
from pledges.actions.signing import (
    AlreadySigned,
    NoCapacity,
    NotAwaitingSignatures,
    ReasonMissing,
    ScanRefused,
    TextChanged,
    WetSigner,
    confirm_pledge,
    record_wet_signature,
    refuse_pledge,
)

__all__ = [
    "AlreadySigned",
    "NoCapacity",
    "NotAwaitingSignatures",
    "NotOpenForComments",
    "NotReadyToFreeze",
    "PledgeContent",
    "PledgeExists",
    "ReasonMissing",
    "RevisedMeanwhile",
    "ScanRefused",
    "TargetLine",
    "TextChanged",
    "TextFixed",
    "WetSigner",
    "comment_pledge",
    "confirm_pledge",
    "draft_next_pledge",
    "draft_pledge",
    "file_pledge",
    "freeze_pledge",
    "open_comment",
    "print_pledge",
    "record_wet_signature",
    "refuse_pledge",
    "revise_pledge",
    "unfreeze_pledge",
]
