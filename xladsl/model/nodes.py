"""The constructs of an agreement, in reading order, each with the source it stands for.

A class here is all there is to a construct: the grammar says how it is written, the annotations say what it holds,
and spans, missing and repeated clauses, names, formatting, comparison and the walk follow from the two.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from .expressions import (
    AllFees,
    Amount,
    Condition,
    Expression,
    FeesOf,
    Formula,
    Predicate,
    SliceTest,
    WindowLength,
)
from .node import Node, OneOrMore, Part
from .quantities import Duration, Money, Percent, Reference, Text


class Named(Node):
    """Something the parties can refer to by its name."""

    name: str
    title: Text | None


class Block(Named):
    """A thing the parties name, with its clauses between braces.

    Every block may say for whom it is written, why it is there, and under which choice of an option it holds.
    """

    audience: str | None
    because: Text | None
    note: Text | None
    section: Text | None
    only_when: OnlyWhen | None
    open_points: list[OpenPoint]


class OpenPoint(Part):
    """`open "Does the pilot count?" awaiting contoso, by 2026-01-15`"""

    unnamed = ("question",)
    question: Text
    awaiting: Reference[Party | Role | Signatory | Stakeholder] | None
    needed_by: date | None


class OnlyWhen(Part):
    """`only when support is always`"""

    option: Reference[Option]
    choice: Reference[Choice]


class Period(Part):
    """`2026-01-01 to 2028-12-31`, both days included."""

    start: date
    end: date


class Deadline(Part):
    """`within 30 days of the report`"""

    within: Duration
    of: str


class Recurrence(Part):
    """`each calendar quarter first on 2026-04-10`"""

    unnamed = ()
    each: Window
    first_due: date | None


# ---------------------------------------------------------------------------------------------------------- the deal


class Agreement(Block):
    """agreement digital_workplace { between provider northwind and customer contoso … }"""

    version: str | None
    status: str | None
    between: OneOrMore[Side]
    schedule: Schedule | None
    term: Period
    renewal: Renewal | None
    settling: date | None
    timezone: str | None
    currency: str | None
    languages: Languages | None
    law: Text | None
    courts: Text | None
    prevails: Precedence | None
    rounding: Rounding | None
    fiscal_year: DayOfYear | None
    billing_month: Decimal | None
    recital: list[Text]
    remedies: str | None
    disputes: Deadline | None
    signed: date | None


class Side(Part):
    """`provider northwind`"""

    capacity: str
    party: Reference[Party]


class Schedule(Part):
    """`schedule to "Master Services Agreement" dated 2025-11-03`"""

    unnamed = ("master",)
    master: Text
    dated: date | None


class Renewal(Part):
    """`renewed for 12 months unless ended by 3 months notice`"""

    lasting: Duration
    notice: Duration


class Languages(Part):
    """`languages en, da, prevailing en`; the first is the language the agreement is drafted in."""

    unnamed = ()
    language: OneOrMore[str]
    prevailing: str | None


class Precedence(Part):
    """`prevails experience over process`"""

    first: str
    second: str


class Rounding(Part):
    """`rounding half up to EUR 0.01, once, on each credit`"""

    mode: str
    to: Money
    on: str


class DayOfYear(Part):
    """`1 february`"""

    day: Decimal
    month: str


class Party(Block):
    """party northwind "Northwind IT Services A/S" { registered "CVR 31415926" … }"""

    legal_form: Text | None
    registration: Text | None
    address: Text | None
    notices: Text | None
    represented_by: list[Reference[Signatory]]
    signatories: list[Signatory]


class Signatory(Block):
    """signatory mette_holm "Mette Holm" { position "Chief Commercial Officer" }"""

    position: Text | None
    email: Text | None


class Definition(Block):
    """term major_incident "Major Incident" { means "an incident that stops a critical service." }"""

    means: OneOrMore[Text]


class Clause(Block):
    """clause data_use "Use of survey data" { in data protection text "…" }"""

    body: OneOrMore[Text]
    force: str | None
    chapter: str | None


class Option(Block):
    """option support "Hours of support" { choose one choice office "Office hours" { chosen } }"""

    choose: str
    choices: OneOrMore[Choice]
    choice_change: str | None


class Choice(Block):
    """choice always "Around the clock" { price EUR 4,000.00 each calendar month }"""

    chosen: bool
    chosen_from: date | None
    price: Price | None
    adds: Text | None


class Price(Part):
    """`EUR 4,000.00 each calendar month`"""

    unnamed = ("amount",)
    amount: Money
    each: Window


class Parameter(Block):
    """parameter daily_rate { value GBP 9.76 from 2024-04-01, GBP 10.34 from 2025-04-01 }"""

    value: OneOrMore[DatedAmount]
    governed_by: str | None


class DatedAmount(Part):
    """`GBP 10.34 from 2025-04-01`"""

    unnamed = ("amount",)
    amount: Amount
    since: date | None


# ------------------------------------------------------------------------------------------------------------ people


class Stakeholder(Block):
    """stakeholder office_staff "Office staff" of contoso { population 4200 }"""

    unnamed = ("of",)
    of: Reference[Party]
    population: Decimal | None
    sites: list[Reference[Site]]
    reported: Decimal | None
    interest: Text | None
    expects_text: list[Text]
    speaks: list[str]
    approves: list[Reference[Block]]


class Segment(Block):
    """segment shop_floor "Shop floor" of office_staff { where site is "Odense" proportion 30% }"""

    unnamed = ("of",)
    of: Reference[Stakeholder]
    where: Predicate | None
    proportion: Percent | None
    weight: Amount | None


class Site(Block):
    """site berlin "Berlin office" { country DE timezone Europe/Berlin }"""

    party: Reference[Party] | None
    country: str | None
    timezone: str | None
    during: Reference[Calendar] | None
    all_hours: bool
    users: Decimal | None


class Role(Block):
    """role service_manager "Service Delivery Manager" of northwind { held by "Jonas Krogh" }"""

    unnamed = ("of",)
    of: Reference[Party]
    held_by: Text | None
    email: Text | None
    accountable: list[Reference[Block]]
    responsible: list[Reference[Block]]
    consulted: list[Reference[Block]]
    informed: list[Reference[Block]]


class Forum(Block):
    """forum service_review "Service review" { meets each calendar month chaired by service_manager }"""

    meets: Window
    level: str | None
    chaired_by: Reference[Role] | None
    members: list[Reference[Role]]
    agenda: list[Text]
    minutes: Duration | None
    quorum: Decimal | None


class Escalation(Block):
    """escalation unresolved { after 4 h to duty_manager after 8 h to service_manager }"""

    steps: OneOrMore[EscalationStep]


class EscalationStep(Part):
    """`after 4 h to duty_manager`"""

    after: Duration
    to: Reference[Role]


# ---------------------------------------------------------------------------------------------------- what is delivered


class Service(Block):
    """service portal "Self-service portal" { by northwind for office_staff fee portal_monthly EUR 10,000.00 each
    calendar month }"""

    by_party: Reference[Party] | None
    for_whom: list[Reference[Audience]]
    describes: list[Text]
    fees: list[Fee]
    during: Reference[Calendar] | None
    all_hours: bool
    starts: date | None


class Fee(Named):
    """fee portal_monthly "Portal subscription" EUR 10,000.00 each calendar month"""

    amounts: list[DatedMoney]
    as_invoiced: bool
    unit_price: UnitPrice | None
    each: Window | None
    once: bool


class DatedMoney(Part):
    """`EUR 10,000.00 from 2026-01-01`"""

    unnamed = ("amount",)
    amount: Money
    since: date | None


class UnitPrice(Part):
    """`per solved case counted by solved_cases`: the fee is its amount times what the KPI counts in the window."""

    unit: str
    counted_by: Reference[Kpi]


class Dependency(Block):
    """dependency leased_lines "Leased lines" { supplied by "Nordlink ApS" promises at least 99.95% each calendar
    month }"""

    supplied_by: Text
    for_services: list[Reference[Service]]
    level: DependencyLevel | None
    responds: Duration | None
    when_it_fails: str
    contact: Text | None


class DependencyLevel(Part):
    """`promises at least 99.95% each calendar month`"""

    comparison: str
    amount: Amount
    each: Window


class Calendar(Block):
    """calendar office_hours "Office hours" { timezone Europe/Copenhagen open monday to friday 08:00 to 17:00 }"""

    timezone: str | None
    opening: OneOrMore[Opening]
    closed: list[ClosedDay]
    holidays: list[str]
    covers: Period | None


class Opening(Part):
    """`open monday to friday 08:00 to 12:00, 13:00 to 17:00`"""

    weekdays: Weekdays
    spans: OneOrMore[ClockSpan]


class Weekdays(Part):
    """`monday to friday`"""

    first: str
    last: str | None


class ClockSpan(Part):
    """`18:30 to 07:00`; an end before the start is on the next day."""

    start: time
    end: time


class ClosedDay(Part):
    """`2026-12-24 "Christmas Eve"`"""

    day: date
    reason: Text | None


class Journey(Block):
    """journey getting_help "Getting help" of office_staff { touchpoint incident_resolved, a moment of truth }"""

    unnamed = ("of",)
    of: Reference[Stakeholder]
    phases: list[Phase]
    touchpoints: list[Touchpoint]


class Phase(Block):
    """phase joining "The first week" { touchpoint laptop_received }"""

    touchpoints: OneOrMore[Touchpoint]


class Touchpoint(Named):
    """touchpoint incident_resolved "Incident resolved", a moment of truth, reached on desk.resolved"""

    moment_of_truth: bool
    reached: Reference[Values] | None


# --------------------------------------------------------------------------------------------------------------- why


class SuccessArea(Block):
    """success area productive_people "People lose no working time to IT" { owner service_manager }"""

    owner: Reference[Role] | None
    describes: list[Text]


class Need(Block):
    """need one_contact "One contact is enough" of office_staff { voice "I do not want to ask twice." }"""

    unnamed = ("of",)
    of: Reference[Stakeholder]
    voice: Text | None
    describes: list[Text]


class Goal(Block):
    """goal effortless_help "Getting help takes little effort" { for office_staff voice "I am back at work." }"""

    for_whom: OneOrMore[Reference[Audience]]
    voice: Text | None
    touchpoint: list[Reference[Touchpoint]]
    success_areas: list[Reference[SuccessArea]]
    meets_needs: list[Reference[Need]]
    emotional_value: Text | None
    practical_value: Text | None
    owner: Reference[Role] | None


class Objective(Block):
    """objective less_lost_time "Halve the time lost to IT" { period 2026-01-01 to 2026-12-31 key result … }"""

    owner: Reference[Role] | None
    serves: list[Reference[Goal]]
    period: Period
    key_results: OneOrMore[KeyResult]
    force: str | None


class KeyResult(Block):
    """key result lost_hours { kpi lost_time moves from 3 to 1.5 by 2026-12-31 }"""

    kpi_of: Reference[Measured]
    moves: Move
    force: str | None


class Move(Part):
    """`from 51 points to 79 points by 2026-12-31`"""

    start: Amount
    end: Amount
    by: date


# -------------------------------------------------------------------------------------------------- how it is measured


class Source(Block):
    """Where rows come from: who runs it, which columns it has, how fresh and how long kept they are."""

    opens = "self"
    columns: list[Column]
    dated_by: Reference[Column] | None
    every_window: bool
    run_by: Reference[Party] | None
    verified_by: Reference[Party] | None
    fresh: Duration | None
    kept: Duration | None
    timezone: str | None
    deduplicated: str | None
    late: Duration | None
    stored: Text | None
    raw_data: list[Reference[Party]]


class Column(Part):
    """`opened as time from "created"`: the name used here, what it holds, and its name in the data."""

    unnamed = ("name", "header")
    name: str
    header: str
    column_type: str | None
    column_words: str | None


class Survey(Source):
    """survey after_incident { asks office_staff sent on desk.resolved within 24 h question ease 1 to 7 asking "…" }"""

    asks: OneOrMore[Reference[Audience]]
    sent: Invitation
    at_most: InvitationLimit | None
    expects: ExpectedAnswers | None
    questions: OneOrMore[Question]
    anonymous: bool
    asked_of: str | None


class Invitation(Part):
    """`sent on desk.resolved within 24 h`, `sent each calendar quarter`"""

    unnamed = ("event", "within")
    event: Reference[Values] | None
    within: Duration | None
    each: Window | None


class InvitationLimit(Part):
    """`at most 1 invitation per person in 30 days`"""

    count: Decimal
    per: Duration


class ExpectedAnswers(Part):
    """`expects 400 invitations, 25% answered, each calendar month`"""

    unnamed = ("invitations", "response_rate")
    invitations: Decimal
    response_rate: Percent
    each: Window


class Question(Part):
    """`question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"`"""

    unnamed = ("scale",)
    name: str
    scale: Scale
    asking: Text


class Scale(Part):
    """`1 "very difficult" to 7 "very easy"`: whole numbers, both ends included."""

    unnamed = ()
    lowest_answer: Anchor
    highest_answer: Anchor


class Anchor(Part):
    """`7 "very easy"`"""

    number: Decimal
    words: Text | None


class Tickets(Source):
    """tickets desk { columns opened from "created" pauses while state is "awaiting user", at most 5 business days }"""

    pauses: list[Pause]
    expects_events: ExpectedRows | None


class Pause(Part):
    """`pauses while state is "awaiting user", recorded in desk_states, at most 5 business days`"""

    opens = "recorded_in"
    unnamed = ("predicate", "at_most")
    predicate: Predicate
    recorded_in: Reference[Source] | None
    at_most: Duration | None


class ExpectedRows(Part):
    """`expects 1,200 rows each calendar month`"""

    unnamed = ("rows",)
    rows: Decimal
    each: Window


class Probes(Source):
    """probes portal_probe { every 20 s from 3 places down when 2 of 3 fail, for at least 60 s }"""

    every: Sampling
    down: Down | None
    confirmed: Confirmed | None


class Sampling(Part):
    """`every 20 s from 3 places`"""

    interval: Duration
    places_count: Decimal | None


class Down(Part):
    """`down when 2 of 3 fail, for at least 60 s`"""

    unnamed = ("failing", "of")
    failing: Decimal
    of: Decimal
    down_for: Duration | None


class Confirmed(Part):
    """`confirmed by 5 failures in a row, over after 5 answers in a row`: an outage lasts from the first failure to
    the first answer."""

    unnamed = ("failures", "answers")
    failures: Decimal
    answers: Decimal


class Events(Source):
    """events requests { columns at from "ts", status as number from "code" }"""

    expects_events: ExpectedRows | None


class Telemetry(Source):
    """telemetry devices { every 1 day pinned to "configuration 2026-01" }"""

    every: Sampling | None
    expects_events: ExpectedRows | None
    pinned: Text | None


class Outages(Source):
    """outages incidents_log { columns began from "start", ended from "end" lasting from began to ended }"""

    lasting: Lasting


class Lasting(Part):
    """`lasting from detected or reported to ended`, by the names of columns: from the earlier of two, where two are
    named; the moment of the end no longer counts."""

    start: str
    end: str
    earlier: str | None


class Billing(Source):
    """billing invoices { columns amount as money from "net" }"""


class Evidence(Source):
    """evidence milestones { columns done as date from "accepted_on" accepted by cio }"""

    accepted_by: Reference[Role] | None


class Intervals(Block):
    """intervals portal_down { from portal_probe longer than 60 s leaving out planned_maintenance }"""

    opens = "made_from"
    made_from: Selection
    at_once: AtOnce | None
    together_with: list[Reference[Stretches]]
    each_slice: Slice | None
    longer_than: Duration | None
    at_least_long: Duration | None
    joined_within: Duration | None
    gaps_left_out: bool
    counted_after: GracePeriod | None
    during: Reference[Calendar] | None
    leaving_out: list[Reference[LeavesOut]]
    weighted_by: Reference[Column] | None
    partial_units: str | None


class GracePeriod(Part):
    """`counted after 2 working days of office_hours, whole days only`: each stretch begins that much later or never.

    Where whole days only count, the day on which a stretch begins is none of them.
    """

    unnamed = ("length", "calendar")
    length: Duration
    calendar: Reference[Calendar] | None
    whole_days: bool


class Selection(Part):
    """`from incidents_log where priority is "P1"`"""

    opens = "source_rows"
    unnamed = ("source_rows",)
    source_rows: Reference[Rows]
    where: Predicate | None


class AtOnce(Part):
    """`while at least 2 of node are down`: the time that so many values of the column share."""

    unnamed = ("number", "column")
    number: Decimal
    column: Reference[Column]


class Slice(Part):
    """`each 1 min in which (share of requests in which failed is yes, empty counts as 0%) > 5%`"""

    every: Duration
    measured: Formula
    relation: str
    limit: Formula
    also: list[SliceTest]


class ValueRounding(Part):
    """`rounded half up to 0.1%`"""

    mode: str
    to: Amount


class Measuring(Block):
    """What a number says and how it reads."""

    value: Formula | None
    dated_by: Reference[Column] | None
    shown_with: Formula | None
    better: str | None
    range: ValueRange | None
    unit: Text | None
    perspective: str | None
    empty: Amount | str | None
    rounded: ValueRounding | None
    partial_periods: str | None
    measured_at: str | None
    group_by: list[Reference[Groups]]
    priority: str | None
    confidence: Amount | None


class ValueRange(Part):
    """`range 0% to 100%`, `range 0 to unbounded`"""

    low: Amount
    high: Amount | str


class Kpi(Measuring):
    """kpi ease "Ease of getting help" { serves effortless_help value ces2_mean of after_incident.ease better when
    higher }"""

    serves: list[Reference[Goal]]
    meant: list[Text]


class Composite(Block):
    """composite workplace_index { part ease weight 60% scaled from 1 to 7 floor 40 part lost_time weight 40% }"""

    parts: OneOrMore[WeightedPart]
    missing: str | None
    combined_as: str | None
    serves: list[Reference[Goal]]
    better: str | None
    perspective: str | None


class WeightedPart(Part):
    """`part ease weight 60% scaled from 1 to 7 floor 40`"""

    unnamed = ("kpi", "weight")
    kpi: Reference[Measured]
    weight: Percent
    scaled: ScaledFrom | None
    at_least_part: Amount | None


class ScaledFrom(Part):
    """`scaled from 1 to 7`: what becomes 0 and what becomes 100."""

    low: Amount
    high: Amount


class Measure(Measuring):
    """measure ces2_mean "CES 2.0, mean" { takes answer answers 1 to 7 value mean of answer better when higher }"""

    opens = "self"
    takes: OneOrMore[Input]
    answers: FixedSample | PlannedSample | None
    typical: Text | None
    usual_window: Text | None
    pitfalls: list[Text]
    cited: list[Text]


class Input(Part):
    """`takes answer answers 1 to 7`"""

    name: str
    kind: str
    scale: Scale | None


class FixedSample(Part):
    """`answers at least 30`"""

    count: Decimal


class PlannedSample(Part):
    """`answers by proportion margin`: the smallest number follows from the margin the parties accept."""

    rule: str


class Ambiguous(Block):
    """ambiguous ces "Customer effort score" { stands for ces1, ces2_mean, ces2_pct, ces2_index }"""

    stands_for: OneOrMore[Reference[Measure]]


# ---------------------------------------------------------------------------------------------------- what is promised


class Promise(Block):
    """What one party promises the other about a measured value: how much, over which window, decided how."""

    usual_force = "target"
    force: str | None
    for_whom: list[Reference[Audience]]
    timezone: str | None
    segments: list[Reference[Audience]]
    level: Level
    level_change: str | None
    stretch: Amount | None
    minimum_level: Amount | None
    baseline: BaselineValue | None
    each: Window
    answers: Decimal | None
    breached_when: Decision | None
    unclear: DoubtEffect | None
    no_data: NoData | None
    owner: Reference[Role] | None
    during: Reference[Calendar] | None
    all_hours: bool
    leaving_out: list[Reference[LeavesOut]]
    provided: list[Text]
    breach_leads_to: list[Reference[Consequence]]
    decision_margin: Amount | None
    commitment: str | None
    warned: Warned | None
    verified_by: Reference[Party] | None

    @property
    def bindingness(self) -> str:
        """How far it binds: what it says of itself, or else what is usual for its kind."""
        return self.force or self.usual_force


class Target(Promise):
    """target ease_2026 { kpi ease level at least 5.2 from 2026-04-01, 5.5 from 2026-10-01 each calendar quarter }"""

    kpi_of: Reference[Measured]


class Sla(Promise):
    """sla portal_up "Portal availability" { for portal value 100% - length of portal_down / length of the window
    level at least 99.9% }"""

    usual_force = "binding"
    kpi_of: Reference[Measured] | None
    value: Formula | None
    dated_by: Reference[Column] | None
    better: str | None
    empty: Amount | str | None
    rounded: ValueRounding | None
    partial_periods: str | None
    perspective: str | None
    group_by: list[Reference[Groups]]


class Level(Part):
    """`level at least 5.2 from 2026-04-01, 5.5 from 2026-10-01`"""

    comparison: str
    steps: OneOrMore[LevelStep]


class LevelStep(Part):
    """`5.5 from 2026-10-01`, `99.5% where disk is "standard"`"""

    unnamed = ("amount",)
    amount: Amount | LevelSum | str
    since: date | None
    level_where: Predicate | None


class LevelSum(Part):
    """`baseline + 5 points`"""

    left: Amount | str
    sign: str
    right: Amount | str


class BaselineValue(Part):
    """`baseline 4.9 from 2025-10-01 to 2025-12-31 on 310 answers`"""

    unnamed = ("amount", "start", "end")
    amount: Amount
    start: date
    end: date
    sample: Decimal | None


class RollingWindow(Part):
    """`each rolling 28 days`"""

    length: Duration


class TrailingWindow(Part):
    """`each trailing 30 days before the claim`"""

    length: Duration
    anchor: str


Window = str | RollingWindow | TrailingWindow


class SimpleDecision(Part):
    """`breached when measured`: the measured value decides, however few the answers."""


class ProvenDecision(Part):
    """`breached when proven at 95%`: the whole confidence interval lies on the wrong side of the level."""

    confidence: Percent


class UnprovenDecision(Part):
    """`breached when not proven met at 95%`: not the whole confidence interval lies on the right side of the level."""

    confidence: Percent


class GuardedDecision(Part):
    """`breached when beyond 2 points of the level`"""

    margin: Amount


Decision = SimpleDecision | ProvenDecision | UnprovenDecision | GuardedDecision


class LeadsTo(Part):
    """`leads to ease_plan`"""

    consequence: Reference[Consequence]


class CountsAs(Part):
    """`counts as breached`"""

    verdict: str


class Extends(Part):
    """`extends to the next quarter`"""

    unit: str


DoubtEffect = LeadsTo | CountsAs | Extends


class NoData(Part):
    """`no data counts as breached when northwind caused it, otherwise extends to the next quarter`"""

    effect: DoubtEffect
    fault: FaultRule | None


class FaultRule(Part):
    """`when northwind caused it, otherwise extends to the next quarter`"""

    party: Reference[Party]
    otherwise: DoubtEffect


class Warned(Part):
    """`warned below 5.4`, `warned below the level + 0.2`: early notice, without a consequence."""

    comparison: str
    amount: Amount | LevelSum


class InternalTarget(Block):
    """internal target portal_up_inside { stricter than portal_up level at least 99.95% }"""

    stricter_than: Reference[Promise]
    level: Level
    owner: Reference[Role] | None


class Obligation(Block):
    """obligation roadmap "Product roadmap" { of northwind recurring each calendar year first on 2026-01-31 proof in
    milestones }"""

    of_party: Reference[Party]
    owner: Reference[Role] | None
    due: date | None
    recurring: Recurrence | None
    proof: Reference[Source] | None
    accepted_by: Reference[Role] | None
    force: str | None
    breach_leads_to: list[Reference[Consequence]]
    describes: list[Text]


class QuickWin(Block):
    """quick win call_back "Call back instead of holding" { of northwind due by 2026-03-01 }"""

    of_party: Reference[Party]
    owner: Reference[Role] | None
    due: date
    serves: list[Reference[Goal]]
    describes: list[Text]
    proof: Reference[Source] | None


class Limit(Block):
    """limit ticket_volume "Tickets a month" { of contoso for desk_service at most 1,200 tickets each calendar month
    }"""

    of_party: Reference[Party]
    for_whom: list[Reference[Audience]]
    at_most: UsageLimit
    each: Window
    beyond: Text | None
    describes: list[Text]


class UsageLimit(Part):
    """`at most 1,200 tickets`"""

    count: Decimal
    what: str


# ------------------------------------------------------------------------------------------------- what does not count


class LeavesOut(Block):
    """Time or rows that do not count, and the bound on how much of it there may be."""

    from_source: Selection | None
    at_most: TimeBudget | None
    notice: Duration | None
    describes: list[Text]


class TimeBudget(Part):
    """`at most 4 h each calendar month, unused time lapses, and at most 12 h each calendar year`"""

    unnamed = ("length",)
    length: Duration
    each: Window
    carried: str | None
    also: TimeBudget | None


class Exclusion(LeavesOut):
    """exclusion customer_equipment { recorded in incidents_log where cause is "customer" at most 8 h each calendar
    month }"""

    claimed_by: Reference[Party] | None


class Maintenance(LeavesOut):
    """maintenance planned_maintenance { window sunday 02:00 to 06:00 at most 4 h each calendar month announced 5
    business days before }"""

    windows: list[MaintenanceWindow]
    timezone: str | None
    unannounced: bool


class MaintenanceWindow(Part):
    """`window sunday 02:00 to 06:00`"""

    weekdays: Weekdays
    span_of_day: ClockSpan


class ForceMajeure(LeavesOut):
    """force majeure force_majeure { includes "flood" notified within 3 business days ended after 60 days }"""

    includes: OneOrMore[Text]
    notified_within: Duration | None
    mitigated: Text | None
    at_most_long: Duration | None
    effect: Text | None
    right_to_end: Duration | None


class Relief(LeavesOut):
    """relief late_approval { for northwind describes "Approval by the customer later than agreed." notified within
    10 business days }"""

    for_party: Reference[Party] | None
    notified_within: Duration | None


# ------------------------------------------------------------------------------------------------------- what follows


class Consequence(Block):
    """What follows from a verdict."""


class Payment(Consequence):
    """A consequence that is worth something: base, table or value, and then, in this order: history, caps,
    smallest, rounding."""

    for_whom: list[Reference[Judged]]
    base: CreditBase | None
    nature: str | None
    when: Condition | None
    pay: Formula | None
    header: list[str]
    rows: list[TierRow]
    policy: str | None
    repeated: Condition | None
    cap: list[CapRule]
    smallest: SmallestPayment | None
    once_for_time: bool
    paid: PaymentTerms | None
    claim_notice: ClaimNotice | None
    claimed: ClaimRule | None
    earned_back: EarnedBack | None
    combines: CombinesWith | None
    to_party: Reference[Party] | None
    as_voucher: Text | None
    group_by: list[Reference[Groups]]


class Credit(Payment):
    """credit portal_credit { for portal_up base fee portal_monthly of the month measured | below 95.0% | 25% | }"""


class Bonus(Payment):
    """bonus happy_people { for happiness_2026 gate portal_up base all fees of the quarter measured | at least 80
    points | 2% | }"""

    gate: list[Reference[Judged]]


class PointsScheme(Payment):
    """points response_points { for first_response | below 97.0% | 3 points | doubled when first_response is
    breached in the previous month }"""


class CreditBase(Part):
    """`base fees of portal of the month measured without one_time_charges`"""

    unnamed = ("amount",)
    amount: Formula
    base_excludes: str | None


class TierRow(Part):
    """`| at least 99.0% but below 99.9% | 5% |`: what must fit, and in the last cell what follows."""

    cells: OneOrMore[Cell]


class Band(Part):
    """`at least 99.0% but below 99.9%`"""

    bounds: OneOrMore[Bound]


class Bound(Part):
    """`at least 99.0%`"""

    comparison: str
    amount: Amount


class NamedAmount(Part):
    """`the first_tier_credit`"""

    parameter: Reference[Parameter]


Cell = Band | Amount | Text | NamedAmount | str


class CapRule(Part):
    """`cap 30% of base each calendar month`"""

    unnamed = ("amount",)
    amount: Formula
    each: Window


class SmallestPayment(Part):
    """`pays only above USD 1.00`"""

    kind: str
    amount: Money


class PaymentTerms(Part):
    """`paid by credit note within 30 days of the report`"""

    means: str
    within: Duration
    of: str


class AutomaticClaim(Part):
    """`claim not needed`"""


class ClaimWithin(Part):
    """`claim within 30 days of the report, not before 5 days after, by "support case"`"""

    unnamed = ("within", "of")
    within: Duration
    of: str
    claim_earliest: Duration | None
    claim_channel: Text | None


class ClaimByCycle(Part):
    """`claim by the end of the second billing month after, by "support case"`"""

    unnamed = ("cycle",)
    cycle: str
    claim_channel: Text | None


class ClaimNotice(Part):
    """`notified within 24 h of the incident, by "a ticket"`"""

    unnamed = ("within", "of")
    within: Duration
    of: str
    claim_channel: Text | None


ClaimRule = AutomaticClaim | ClaimWithin | ClaimByCycle


class EarnedBack(Part):
    """`earned back half, when portal_up is met 3 months in a row`"""

    unnamed = ("share", "when")
    share: Percent | str
    when: Condition


class CombinesWith(Part):
    """`with other credits of the month add up, then cap 15% of all fees`"""

    unnamed = ("period", "rule")
    period: str
    rule: str
    combined_cap: Formula | None


class Reward(Consequence):
    """reward team_day "Team day" { when ease_2026 is met 2 quarters in a row gives "A day out for the service
    desk." }"""

    for_whom: list[Reference[Block]]
    when: Condition
    gives: Text
    worth: Money | None
    budget: RewardBudget | None
    owner: Reference[Role] | None


class RewardBudget(Part):
    """`budget EUR 5,000.00 each calendar year`"""

    unnamed = ("amount",)
    amount: Money
    each: Window


class EarnBack(Consequence):
    """earn back half_returned { returns portal_credit share half when portal_up is met 3 months in a row }"""

    returns: OneOrMore[Reference[Payment]]
    share: Percent | str
    when: Condition
    never_for: list[Reference[Payment]]
    offset: bool
    lapses: Text | None
    lapses_after: Duration | None
    lapses_with: Window | None


class CreditNote(Consequence):
    """credit note monthly_note { issued by northwind issued within 30 days of the report shows "VAT at the rate of
    the fee." }"""

    issued_by: Reference[Party]
    issued_within: Deadline
    shows: list[Text]


class Combination(Consequence):
    """combination all_credits { combines portal_credit, desk_credit rule add up cap 15% of all fees of the month
    measured each calendar month }"""

    combines: OneOrMore[Reference[Payment]]
    rule: str
    cap: list[CapRule]
    smallest: SmallestPayment | None


class ImprovementPlan(Consequence):
    """improvement plan ease_plan { owner service_manager presented within 10 business days of the report }"""

    when: Condition | None
    owner: Reference[Role] | None
    plan_within: Deadline
    approved_by: list[Reference[Role]]
    actions_by: Duration | None
    describes: list[Text]


class Right(Consequence):
    """right to terminate chronic_failure { held by contoso when portal_up is breached in 3 of the last 12 months }"""

    unnamed = ("kind",)
    kind: str
    holder: Reference[Party]
    when: Condition | None
    exercised: Deadline | None
    notice: Duration | None
    refund: Text | None
    describes: list[Text]


# ------------------------------------------------------------------------------------------------------- how it lives


class Report(Block):
    """report monthly_report { covers all promises due within 10 business days of the end of the month to
    contoso_cio }"""

    covers_promises: list[Reference[Judged]]
    covers_all: bool
    due_within: Deadline
    recurring: Recurrence
    recipients: OneOrMore[Reference[Role]]
    owner: Reference[Role] | None
    shows: list[Text]
    access: Text | None


class Review(Block):
    """review half_yearly { recurring each half year in steering_group may change ease_2026 }"""

    recurring: Recurrence
    forum: Reference[Forum] | None
    triggers: list[Text]
    may_change: list[Reference[Block]]
    owner: Reference[Role] | None


class ChangeControl(Block):
    """change control changes { changes to targets, weights approved by contoso_cio on 30 days notice }"""

    covers_changes: OneOrMore[str]
    approved_by: OneOrMore[Reference[Role]]
    notice: Duration | None
    assessed: Text | None


class Benchmark(Block):
    """benchmark yearly { recurring each calendar year against "three comparable desks" by "an independent firm" }"""

    recurring: Recurrence
    against: Text
    adjusts: Text | None
    by_whom: Text | None


class Waiver(Part):
    """waive unbounded-relief on force_majeure until 2026-12-31 by contoso.legal because "…" """

    unnamed = ("rule", "on", "until")
    rule: str
    on: Reference[Block]
    until: date
    waived_by: Reference[Role | Signatory] | None
    because: Text


class Example(Part):
    """example "an hour and a half down in April" { given portal_up is 99.79% then portal_credit is EUR 500.00 }"""

    unnamed = ("subject",)
    subject: Text
    given: list[Fact | RowsFact | StretchFact]
    then: OneOrMore[Fact]
    audience: str | None
    because: Text | None
    note: Text | None
    section: Text | None
    only_when: OnlyWhen | None


class Fact(Part):
    """`fee portal_monthly is EUR 10,000.00 in 2026-04`"""

    unnamed = ("subject", "value")
    subject: Reference[Factual] | FeeFact | DowntimeFact | CountFact | NoDataFact | WindowLength | AllFees | FeesOf
    value: Amount | Text | PointInTime | HappenedOn | CausedBy | str
    fact_window: str | date | None


class FeeFact(Part):
    """`fee portal_monthly`"""

    fee: Reference[Fee]


class DowntimeFact(Part):
    """`length of portal_down`"""

    of: Reference[Stretches]


class CountFact(Part):
    """`count of missed_visits`"""

    of: Reference[Rows]


class NoDataFact(Part):
    """`no data of portal_up`"""

    of: Reference[Promise]


class PointInTime(Expression):
    """`2026-04-07 10:50`, in the time zone that applies to what is spoken of."""

    unnamed = ("day", "clock")
    day: date
    clock: time


class HappenedOn(Part):
    """`claimed on 2026-06-30`, `notified on 2026-06-02 09:30`: when a claim or a notice arrived, an invoice or a report
    was issued; with a time of day where that counts."""

    unnamed = ("what", "day", "clock")
    what: str
    day: date
    clock: time | None


class CausedBy(Part):
    """`caused by northwind`: whose fault it is that there are no data."""

    party: Reference[Party]


class RowsFact(Part):
    """`70 rows of feedback where overall is 4`: so many rows, alike in what is said of them."""

    opens = "of"
    unnamed = ("number", "of")
    number: Decimal
    of: Reference[Rows]
    where: Predicate | None
    fact_window: str | date | None


class StretchFact(Part):
    """`instance_down lasts from 2026-04-07 10:50 to 2026-04-07 10:56`; the moment of the end no longer counts."""

    unnamed = ("of", "start", "end")
    of: Reference[Stretches]
    start: PointInTime
    end: PointInTime


class Import(Part):
    """`import std.experience`, `import "shared/parties.xladsl"`"""

    unnamed = ()
    module: Reference[Any] | None
    file: str | None


# What a name may stand for, where several kinds of things will do.
Audience = Stakeholder | Segment | Service | Site | Source
Rows = Source | Question | Column | Input | Intervals
Values = Question | Column | Input
Groups = Column | Site | Segment | Service | Input
Stretches = Intervals | Outages | Probes | Tickets | Maintenance | Input
Measurable = Source | Question | Column | Input | Intervals | Kpi | Composite
Measured = Kpi | Composite
Judged = Target | Sla | Kpi | Composite | Obligation | Limit | PointsScheme | Credit
Valued = Target | Sla | Kpi | Composite | PointsScheme
Factual = Judged | Consequence | Parameter | Intervals | Column | Question | Report

GROUPS: dict[str, tuple[type[Node], ...]] = {
    "Audience": (Stakeholder, Segment, Service, Site, Source),
    "Rows": (Source, Question, Column, Input, Intervals),
    "Values": (Question, Column, Input),
    "Groups": (Column, Site, Segment, Service, Input),
    "Stretches": (Intervals, Outages, Probes, Tickets, Maintenance, Input),
    "Measurable": (Source, Question, Column, Input, Intervals, Kpi, Composite),
    "Measured": (Kpi, Composite),
    "Judged": (Target, Sla, Kpi, Composite, Obligation, Limit, PointsScheme, Credit),
    "Valued": (Target, Sla, Kpi, Composite, PointsScheme),
    "Factual": (Target, Sla, Kpi, Composite, Obligation, Consequence, Parameter, Intervals, Column, Question, Report),
}
