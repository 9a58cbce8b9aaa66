"""An agreement of any size: the services of a large organisation, ten promises on each.

It reads as one that people could sign, and the same size always gives the same text.

    python benchmarks/portfolio.py 1000 > portfolio.xladsl
"""

from __future__ import annotations

import sys

PROMISES_OF_A_SERVICE = 10

AREAS = (
    *("payroll", "invoicing", "purchasing", "travel", "recruiting", "training", "archive", "telephony", "messaging"),
    *("printing", "network", "storage", "identity", "intranet", "scheduling", "billing", "claims", "laboratory"),
)

HEAD = """\
import std.availability
import std.service_desk

agreement portfolio "Services of the group" {
  version    1.0.0
  status     final
  between    provider northwind and customer contoso
  term       2026-01-01 to 2028-12-31
  timezone   Europe/Copenhagen
  currency   EUR
  languages  en
  law        "Denmark"
  rounding   half up to EUR 0.01, once, on each credit
  remedies   sole financial
}

party northwind "Northwind IT Services A/S" {
  signatory anders_vinther "Anders Vinther" { position "Chief Executive Officer" }
}

party contoso "Contoso Nordic A/S" {
  signatory karin_bech "Karin Bech" { position "Chief Information Officer" }
}

role service_manager "Service manager" of northwind { held by "Jonas Krogh" }

stakeholder office_staff "Office staff" of contoso { population 4,200 }

calendar office_hours "Office hours" {
  timezone   Europe/Copenhagen
  open       monday to friday 08:00 to 17:00
  holidays   of DK
  covers     2026-01-01 to 2028-12-31
}

forum service_review "Service review" {
  meets      each calendar month
  chaired by service_manager
  members    service_manager
}

review yearly_review "Yearly review" {
  recurring  each calendar year
  in         service_review
}
"""

SERVICE = """
// {title}: what it is, who keeps its records, and what is promised of it.

service {name} "{title}" {{
  by         northwind
  for        office_staff
  describes  "Everything that people need for their work with {area}, in the office and at home."
  fee        {name}_fee "{title}" EUR {fee},000.00 each calendar month
  during     all hours
}}

tickets {name}_desk "Tickets about {area}" {{
  columns    number from "number", opened as time from "created", answered as time from "answered",
             resolved as time from "closed", priority from "prio", reopened as yes or no from "again",
             at_first_contact as yes or no from "first"
  one row for each number
  run by     northwind
  kept       for 24 months
}}

outages {name}_log "Interruptions of {area}" {{
  columns    began as time from "start", ended as time from "end", cause from "cause"
  lasting    from began to ended
  run by     northwind
  verified by contoso
}}

intervals {name}_down "Time without {area}" {{
  from       {name}_log
}}

sla {name}_up "Availability of {area}" {{
  for        {name}
  force      binding
  value      avail_time of {name}_down
  level      at least 99.{tenths}%
  each       calendar month
  during     all hours
  empty      counts as met
  partial periods count their own length
  no data    counts as breached
  owner      service_manager
  breach leads to {name}_credit
}}

credit {name}_credit "Credit for {area}" {{
  for        {name}_up
  base       fee {name}_fee of the month measured
  nature     price reduction
  | availability                   | credit |
  | at least 98.0% but below 99.{tenths}% |   5%   |
  | at least 95.0% but below 98.0% |   7%   |
  | below 95.0%                    |  10%   |
  cap        10% of base each calendar month
  claim      not needed
  paid by credit note within 30 days of the report
}}
"""

TIMED = """
sla {name}_{promise} "{title}: {words}" {{
  for        {name}
  force      target
  value      {measure} of {name}_desk (limit {limit}) where priority is "{priority}"
  level      at least {level}%
  each       calendar month
  during     office_hours
  empty      counts as met
  no data    counts as breached
  owner      service_manager
}}
"""

COUNTED = """
sla {name}_first "{title}: solved at the first contact" {{
  for        {name}
  force      target
  value      share of {name}_desk where resolved is not empty in which at_first_contact is yes and reopened is no
  better     when higher
  level      at least 6{tenths}%
  each       calendar month
  during     office_hours
  empty      counts as met
  no data    counts as breached
  owner      service_manager
}}
"""

DESK = """
service workplace "Workplace" {
  by         northwind
  for        office_staff
  describes  "Everything that people need for their work, in the office and at home."
  fee        workplace_fee "Workplace" EUR 90,000.00 each calendar month
  during     all hours
}

tickets desk "Tickets" {
  columns    number from "number", opened as time from "created", resolved as time from "closed", topic from "topic"
  one row for each number
  run by     northwind
  kept       for 24 months
}
"""

SHORT = """
sla solved_{number} "Topic {number}: cases solved in time" {{
  for        workplace
  force      target
  value      resol_in_time of desk (limit 8 business hours) where topic is "T{number}"
  level      at least {level}.5%
  each       calendar month
  during     office_hours
}}
"""

TIMES = (
    ("answered_p1", "critical cases answered", "resp_in_time", "15 min", "P1", 95),
    ("answered_p2", "serious cases answered", "resp_in_time", "1 business hour", "P2", 92),
    ("answered_p3", "other cases answered", "resp_in_time", "4 business hours", "P3", 90),
    ("answered_p4", "questions answered", "resp_in_time", "8 business hours", "P4", 90),
    ("solved_p1", "critical cases solved", "resol_in_time", "4 business hours", "P1", 90),
    ("solved_p2", "serious cases solved", "resol_in_time", "8 business hours", "P2", 90),
    ("solved_p3", "other cases solved", "resol_in_time", "24 business hours", "P3", 85),
    ("solved_p4", "questions settled", "resol_in_time", "40 business hours", "P4", 85),
)


def portfolio(promises: int) -> str:
    """The text of an agreement with so many promises, rounded up to tens."""
    return HEAD + "".join(service(number) for number in range(-(-promises // PROMISES_OF_A_SERVICE)))


def short_promises(promises: int) -> str:
    """An agreement of so many promises of six clauses each, on one service, one calendar and the records of one desk.

    Nothing is missing in it that the profile `final` asks for.
    """
    return HEAD + DESK + "".join(SHORT.format(number=number, level=90 - number % 10) for number in range(promises))


def portfolio_of_lines(lines: int) -> str:
    """The text of an agreement of about so many lines."""
    head, one_more = HEAD.count("\n"), service(0).count("\n")
    return portfolio(max(lines - head, one_more) // one_more * PROMISES_OF_A_SERVICE)


def service(number: int) -> str:
    """A service with its records, its ten promises, and the credit for one of them."""
    area = AREAS[number % len(AREAS)]
    words = {
        "area": area,
        "name": f"{area}_{number}",
        "title": f"{area.capitalize()} {number}",
        "fee": 2 + number % 7,
        "tenths": 5 + number % 4,
    }
    timed = "".join(
        TIMED.format(**words, promise=promise, words=said, measure=measure, limit=limit, priority=priority, level=level)
        for promise, said, measure, limit, priority, level in TIMES
    )
    return SERVICE.format(**words) + timed + COUNTED.format(**words)


if __name__ == "__main__":
    sys.stdout.write(portfolio(int(sys.argv[1])))
