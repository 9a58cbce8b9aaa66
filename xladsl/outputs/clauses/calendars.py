"""The days on which a calendar is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ...model import quantities
from ...model.calendars import closures
from .lines import Line

if TYPE_CHECKING:
    from ...model import nodes
    from ..sentences import Writer


class Calendars:
    """What the template of calendars asks for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def closed_days(self, calendar: nodes.Calendar) -> list[Line]:
        """The days on which a calendar is closed, year by year, as they stand when the agreement is made."""
        years: dict[int, list[Markup]] = {}
        for day, reason in closures(calendar, self.paper.contract.agreement):
            said, why = self.paper.language.date_in_year(day), self.reason_closed(reason)
            years.setdefault(day.year, []).append(
                self.paper.phrase(self.paper.words["closed"]["day"], day=said, reason=why)
            )
        between, language = self.paper.words["paper"]["list_phrases"], self.paper.language
        return [Line((language.in_digits(str(year)), self.paper.joined(days, between))) for year, days in years.items()]

    def reason_closed(self, reason: quantities.Text | str | None) -> Markup:
        """Why a calendar is closed: the agreement's own words, or the English name of a public holiday."""
        if isinstance(reason, quantities.Text):
            return self.paper.inline(reason)
        if reason is None:
            return escape(self.paper.words["closed"]["unsaid"])
        return self.paper.joined(
            [self.holiday(each) for each in reason.split("; ")], self.paper.words["paper"]["list_phrases"]
        )

    def holiday(self, name: str) -> Markup:
        """A public holiday by its English name, and why it is on that day: `Christmas Day (observed, estimated)`."""
        known = self.paper.language.holiday(name)
        if known is not None:
            return escape(known)
        day, _, remark = name.removesuffix(")").rpartition(" (")
        patterns = [self.paper.words["closed"].get(each) for each in remark.split(", ")]
        if not day or None in patterns:
            return self.paper.in_language(escape(name), "en")
        said = self.holiday(day)
        for pattern in patterns:
            said = self.paper.phrase(pattern, holiday=said)
        return said
