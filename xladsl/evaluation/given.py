"""What is taken as given instead of measured: the facts of an example, fees that were invoiced, earlier results."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model import nodes
    from .instants.windows import Window, Windows
    from .results import Verdict
    from .stretches.algebra import Stretch


class Moment(NamedTuple):
    """When something happened: at an instant, or where only the day is told, from the beginning of it to its end."""

    start: int
    end: int


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

    def value_of_group(self, name: str, window: Window, group: str) -> Fraction | None:  # noqa: ARG002
        """The measured value for one group; left to itself, what is given holds for each of them."""
        return self.value(name, window)

    def verdict_of_group(self, name: str, window: Window, group: str) -> Verdict | None:  # noqa: ARG002
        return self.verdict(name, window)

    def payment_of_group(self, name: str, window: Window, group: str) -> Fraction | None:  # noqa: ARG002
        """What a payment came to for one group; None where only all of them together are given."""
        return None

    def groups_told(self, name: str, window: Window) -> list[str]:  # noqa: ARG002
        """The groups of a promise or a payment that something is given of in a window."""
        return []

    def told_due(self, names: frozenset[str], start: int, end: int) -> Fraction | None:  # noqa: ARG002
        """What some payments came to that were told as owed, in all windows between two instants."""
        return None

    def happened(self, what: str, name: str, window: Window) -> Moment | None:  # noqa: ARG002
        """When something was `claimed`, `notified`, `invoiced` or `issued` for a window; None where nobody says."""
        return None

    def moments(self, what: str, name: str) -> list[Moment]:  # noqa: ARG002
        """When that happened at all, whatever the window."""
        return []

    def cause(self, name: str, window: Window) -> str | None:  # noqa: ARG002
        """The party that caused a promise to have no data in a window."""
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
