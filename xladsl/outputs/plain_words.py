"""A promise in one sentence that everybody understands, for the first reading beside the formula that decides."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ..model import expressions, nodes, quantities
from .formula import PLAIN, TEXT, row_noun, speaking_of, written_out

if TYPE_CHECKING:
    from .sentences import Writer

LONGEST_WHOLE = 1000
"""`199 of every 200` is a help to readers; `99,993 of every 100,000` is none."""

SECONDS_OF_A_MONTH = 30 * 86_400


def plainly(writer: Writer, promise: Any) -> Markup:
    """What a promise means; where a formula is not of a kind that people say in whole numbers, its title and level."""
    promised = promise.kpi_of.found if promise.kpi_of is not None else promise
    measured = written_out(getattr(promised, "value", None))
    sentence = in_whole_numbers(writer, promise, measured)
    if sentence is None:
        sentence = writer.phrase(
            writer.words["plain"]["value"],
            window=window_said(writer, promise.each),
            title=writer.title(promised),
            level=partial(writer.say, promise.level, "level", PLAIN),
        )
    return sentence + downtime(writer, promise, measured) + repetition(writer, promise, promised)


def window_said(writer: Writer, each: Any) -> Markup:
    plain = writer.words["plain"]
    pattern = plain["windows"].get(each if isinstance(each, str) else "", plain["each"])
    return writer.phrase(pattern, each=partial(writer.say, each, "each", TEXT))


def only_percentage(level: nodes.Level) -> Decimal | None:
    """The percentage of a level that has one step, for all rows and for good."""
    step = level.steps[0]
    single = len(level.steps) == 1 and step.level_where is None
    return step.amount.amount if single and isinstance(step.amount, quantities.Percent) else None


# Shares of rows: at least 19 of every 20 tickets


def in_whole_numbers(writer: Writer, promise: Any, measured: Any) -> Markup | None:
    """`at least 19 of every 20 tickets`; None where rows weigh differently, or the share is no small fraction."""
    percent, level = only_percentage(promise.level), promise.level
    if not isinstance(measured, expressions.Share) or measured.weighted_by is not None or percent is None:
        return None
    parts = out_of(percent)
    if parts is None or level.comparison not in ("at least", "at most"):
        return None
    count, whole = parts
    source = writer.contract.names.owner(measured.of.found)
    with speaking_of(writer, measured.of):
        return writer.phrase(
            writer.words["plain"]["share"],
            window=window_said(writer, promise.each),
            comparison=partial(writer.language.choice, "comparison", level.comparison),
            count=writer.language.number(count),
            whole=writer.language.number(whole),
            rows=row_noun(writer, source, whole),
            source=writer.link(source, numbered=False),
            where=partial(writer.say, measured.where, "where", PLAIN) if measured.where is not None else None,
            counted=partial(writer.say, measured.counted, "counted", PLAIN),
        )


def out_of(percent: Decimal) -> tuple[Decimal, Decimal] | None:
    """A percentage as so many of so many, in the smallest whole numbers: 95 % as 19 of 20."""
    share = Fraction(percent) / 100
    few = 0 < share < 1 and share.denominator <= LONGEST_WHOLE
    return (Decimal(share.numerator), Decimal(share.denominator)) if few else None


# Shares of time: at most 43 minutes 12 seconds of downtime


def downtime(writer: Writer, promise: Any, measured: Any) -> Markup:
    """What a share of time allows in a month; nothing where the service is open for a part of the month only."""
    percent = only_percentage(promise.level)
    if percent is None or promise.level.comparison != "at least" or promise.during is not None:
        return Markup()
    if not is_share_of_time(measured):
        return Markup()
    return writer.phrase(
        writer.words["plain"]["downtime"], most=clock_time(writer, (100 - percent) / 100 * SECONDS_OF_A_MONTH)
    )


def is_share_of_time(measured: Any) -> bool:
    """Whether a formula is all of the window less a time in it: `100% - length of … / length of the window`."""
    if not isinstance(measured, expressions.SumOf) or [addend.sign for addend in measured.addends] != ["-"]:
        return False
    whole, part = measured.first, without_brackets(measured.addends[0].operand)
    if not isinstance(whole, quantities.Percent) or whole.amount != 100 or not isinstance(part, expressions.ProductOf):
        return False
    time, factors = without_brackets(part.first), part.factors
    return (
        isinstance(time, expressions.Length)
        and time.weighted_by is None
        and [factor.operator for factor in factors] == ["/"]
        and isinstance(without_brackets(factors[0].operand), expressions.WindowLength)
    )


def without_brackets(part: Any) -> Any:
    return part.value if isinstance(part, expressions.Group) else part


def clock_time(writer: Writer, seconds: Decimal) -> Markup:
    """A length of time in hours, minutes and seconds, without rounding."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [(amount, unit) for amount, unit in ((hours, "h"), (minutes, "min"), (rest.normalize(), "s")) if amount]
    said = [escape(writer.language.counted(amount, unit)) for amount, unit in parts or [(Decimal(0), "s")]]
    plain = writer.words["plain"]
    return writer.joined(said, plain["between_units"], plain["before_last_unit"])


# For whom it holds separately


def repetition(writer: Writer, promise: Any, promised: Any) -> Markup:
    """That one number is worked out for each of several groups, and each of them must hold."""
    plain = writer.words["plain"]
    sentences = Markup()
    if promise.segments:
        sentences += writer.phrase(plain["segments"], segments=said_together(writer, promise.segments))
    groups = getattr(promise, "group_by", None) or getattr(promised, "group_by", None)
    if groups:
        sentences += writer.phrase(plain["groups"], groups=said_together(writer, groups))
    return sentences


def said_together(writer: Writer, references: list[Any]) -> Markup:
    return writer.joined(
        [writer.reference(reference, PLAIN) for reference in references if not writer.withheld(reference)]
    )
