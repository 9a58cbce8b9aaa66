"""Proofs about payments: what holds for every value that could ever be measured, and where it does not, a value.

`cells` decides what holds of a function for all values of its quantities, `reading` makes such a function of a payment
of an agreement, `witnesses` finds readable values that break a claim, `properties` says what is claimed.
"""

from __future__ import annotations

from .properties import PROPERTIES, Proof, capped_together, every_proof, prove, rows_above_caps
from .witnesses import Case

__all__ = ["PROPERTIES", "Case", "Proof", "capped_together", "every_proof", "prove", "rows_above_caps"]
