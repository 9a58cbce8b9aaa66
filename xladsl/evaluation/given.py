"""What is taken as given instead of measured: the facts of an example, fees that were invoiced, earlier results."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model import nodes
    from .instants.windows import Window, Windows
    from .results import Verdict
    from .stretches.algebra import Stretch


class Given:
    """Nothing at all. Whoever gives something overrides a question; an answer of None means: work it out.

    Blocks are asked for by their name, columns and questions as `source.column`.
    """

    def value(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002
        """The measured value of a KPI, a composite, a promise or a parameter, in its canonical unit."""
        return None

    def verdict(self, name: str, window: Window) -> Verdict | None:  # noqa: ARG002
        return None

    def length(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002
        """How long stretches lasted, in seconds; for `length of the window` and `length of the open window` the name is
        `the window` or `the open window`."""
        return None

    def stretches(self, name: str, window: Window) -> list[Stretch] | None:  # noqa: ARG002
        """The stretches of intervals, outages, probes or maintenance, all that overlap the window."""
        return None

    def count(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002
        return None

    def fee(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002
        """The amount of a fee, of all fees of a service, or of `all fees`, that is due in a window."""
        return None

    def payment(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002
        """What a payment came to in a window, after every step."""
        return None

    def claimed(self, name: str, window: Window) -> int | None:  # noqa: ARG002
        """The instant at which a claim for a payment arrived; None where none did or nobody says."""
        return None

    def events(self, promise: nodes.Promise, windows: Windows) -> list[Window]:  # noqa: ARG002
        """The windows of single events of which something is given without a row or a stretch of time for them."""
        return []

    def unspoken(self, name: str, window: Window) -> bool:  # noqa: ARG002
        """Whether nothing at all is given of a promise in a window, and nothing may follow from that."""
        return False

    def choices(self, option: str) -> frozenset[str] | None:  # noqa: ARG002
        """The choices of an option that were taken; None where they are those that the agreement says."""
        return None
