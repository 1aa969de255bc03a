"""The stage of scoring, for every test of this folder."""

from tests.scoring.stage import stage

__all__ = ["stage"]
