"""What the programme and an auditor do: one function an act."""

from celabiedrs.evidence.actions.packs import ask_packs
from celabiedrs.evidence.actions.samples import draw_sample

__all__ = ["ask_packs", "draw_sample"]
