"""Drawn data tried on agreements: a quarter of each, evaluated, and its result as a document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings

from tests.evaluation.drawn import (
    FLAGSHIP,
    NOTHING_SAID,
    PUBLISHED,
    Invoiced,
    kinds_of,
)
from xladsl.evaluation.evaluate import evaluate
from xladsl.evaluation.rows.table import Table
from xladsl.model import nodes
from xladsl.statements import record

if TYPE_CHECKING:
    from tests.evaluation.drawn import Data
    from xladsl.evaluation.results import Evaluation
    from xladsl.evaluation.rows.requests import Engine
    from xladsl.model.contract import Contract


FEE = Fraction(10_000)
ABOUT = record.Circumstances("1" * 64, "2" * 64, "parties", "2026.1")


EVERY = [FLAGSHIP, *(name for name in PUBLISHED if not name.endswith(("aws-ec2-instance", "sla4oai-petstore")))]
"""Agreements that are worked out in a moment: the other two judge every clock hour and every second."""


def tried(examples: int) -> Any:
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=phases)


quick = tried(6)
thorough = tried(400)


def period_of(contract: Contract) -> tuple[date, date]:
    """Three months of the term, after settling in: a quarter of the calendar."""
    term = contract.agreement.term
    after = contract.agreement.settling or term.start - timedelta(days=1)
    first = next(day for number in range(1, 400) if is_quarter(day := after + timedelta(days=number)))
    return first, next(day for number in range(80, 99) if is_quarter((day := first + timedelta(days=number)) + ONE_DAY))


ONE_DAY = timedelta(days=1)


def is_quarter(day: date) -> bool:
    return day.day == 1 and day.month % 3 == 1


def days_in(period: tuple[date, date]) -> int:
    return (period[1] - period[0]).days + 1


def evaluated(contract: Contract, data: Data | Engine, period: tuple[date, date]) -> Evaluation:
    engine = Table(data) if isinstance(data, dict) else data
    return evaluate(contract, engine, *period, Invoiced(contract, FEE))


def as_document(contract: Contract, found: Evaluation) -> dict[str, Any]:
    """The result without what it says of the engine."""
    said = record.document(contract, found, ABOUT)
    del said["made_by"]
    return said


ELSE = NOTHING_SAID

ADAPTED: dict[str, Callable[[str], str]] = {
    "published/xla-outsourcing-pattern": lambda text: text.replace(
        "answers at least 150", "answers at least 1"
    ).replace("counting 9 to 10 against 0 to 6", "counting 1 to 10 against 0 to 0"),
    FLAGSHIP: lambda text: text.replace("2 of 3 fail", "1 of 3 fail"),
    "published/aws-s3": lambda text: text.replace("each 5 min", "each 12 h"),
    "published/google-apps-isp": lambda text: text.replace("1 min in which", "2 h in which"),
    "published/github-enterprise": lambda text: text.replace("1 min in which", "2 h in which"),
}
"""Without a change no data of a dozen rows would decide anything."""


def spans(contract: Contract) -> tuple[date, int]:
    period = period_of(contract)
    return period[0], days_in(period)


def amounts(contract: Contract, found: Evaluation, kind: type) -> dict[str, Fraction]:
    names = {block.name for block in contract.every(kind)}
    sums = dict.fromkeys(names, Fraction(0))
    for each in found.payments:
        if each.payment in names:
            sums[each.payment] += each.amount if each.status in OWED else 0
    return sums


OWED = ("due", "claimed", "unclaimed")


EXCUSED = {
    "published/slack": ("incidents", "cause", "pilot"),
    "published/gcp-compute": ("disconnections", "cause", ELSE),
    "published/safespring": ("incidents", "cause", "quota"),
    "published/rackspace-managed": ("trouble_tickets", "cause", "attack"),
    "published/cloudflare-business-enterprise": ("incidents", "cause", "excluded"),
    "published/uk-model-services-contract": ("incidents", "cause", "authority"),
}
"""A cause that is left out without a budget. Within a budget the first outages use it up, and one more of them may take
it from another month, or from a longer outage: who comes first is what the agreement says."""


def judgements(found: Evaluation, promise: nodes.Promise) -> list[Any]:
    return [each for each in found.judgements if each.promise == promise.name]


def dates(source: nodes.Source) -> list[str]:
    return [name for name, kind in kinds_of(source).items() if kind in ("time", "date")]
