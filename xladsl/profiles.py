"""How strictly an agreement is read: at which stage of its life, and against which standards besides.

A stage says what is shown and what stops a build. A standard adds rules that ask for what it wants of an agreement,
and that other agreements need not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .diagnostics import Severity, rule_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .diagnostics import Diagnostic, Rule

STAGES = {
    "draft": "only what is an error is shown",
    "review": "errors, warnings and infos are shown, and errors stop a build",
    "final": "a warning stops a build too, unless the parties accept it with a waiver; so does an open point",
}
STANDARDS = {
    "iso20000": "what ISO/IEC 20000-1 wants of an agreement on service levels",
    "iso19086": "what ISO/IEC 19086 wants of an agreement on cloud services",
}


class Profile(NamedTuple):
    """One of `STAGES`, and any of `STANDARDS`."""

    stage: str = "review"
    standards: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        return [self.stage, *sorted(self.standards)]

    def asks(self, rule: Rule) -> bool:
        """Whether a rule runs: most do always, some for a standard only."""
        return not rule.profiles or not self.standards.isdisjoint(rule.profiles)

    def weighed(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that this stage shows, each with the weight that it has there."""
        if self.stage == "draft":
            return [found for found in findings if found.severity == Severity.ERROR]
        if self.stage == "final":
            return [found._replace(raised=must_be_mended(found.rule)) for found in findings]
        return list(findings)


def must_be_mended(name: str) -> bool:
    """Whether what a rule finds advises in review and stops what is about to be signed."""
    rule = rule_named(name)
    return rule.severity == Severity.WARNING or rule.bars_signing


REVIEW = Profile("review")
FINAL = Profile("final")


class OnlyErrors(Profile):
    """For whoever works with an agreement and does not write it: no rule runs that only advises."""

    def asks(self, rule: Rule) -> bool:
        return rule.severity == Severity.ERROR and super().asks(rule)


ERRORS = OnlyErrors("draft")


class NoRules(Profile):
    """For whoever reads again what was checked before."""

    def asks(self, rule: Rule) -> bool:  # noqa: ARG002  # no rule is
        return False


UNASKED = NoRules("draft")
