"""A plausible quarter of measurements for agreements/digital-workplace: `python benchmarks/quarter.py FOLDER`.

Writes one CSV file for each source, for April to June 2026, always the same: the portal is down twice besides its
planned work, the service desk is slow in May, and people find help a little easier than promised.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST = datetime(2026, 3, 31, 22, tzinfo=UTC)  # midnight in Copenhagen
LAST = datetime(2026, 6, 30, 22, tzinfo=UTC)
OFFICES = ("Copenhagen", "Aarhus", "Berlin")
DOWN = (
    (datetime(2026, 4, 14, 7, 12, tzinfo=UTC), timedelta(minutes=51)),
    (datetime(2026, 5, 10, 1, 0, tzinfo=UTC), timedelta(hours=2)),  # planned work, Sunday 03:00 to 05:00
    (datetime(2026, 6, 3, 11, 40, tzinfo=UTC), timedelta(minutes=9)),
)
WITH_ARRIVAL = ("after_help", "desk", "desk_states", "first_week", "orders", "pulse")
Row = tuple[object, ...]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2026)
    desk, states, answers = cases(chance)
    write(folder / "desk.csv", "id created first_reply closed prio status site fcr reopened loaded_at", desk)
    write(folder / "desk_states.csv", "id status since until loaded_at", states)
    write(folder / "after_help.csv", "invitation_id submitted_at site q_ease q_understood q_lost loaded_at", answers)
    write(folder / "pulse.csv", "answer_id submitted_at site q_happy loaded_at", pulse(chance))
    write(folder / "first_week.csv", "invitation_id submitted_at q_ready loaded_at", first_weeks(chance))
    write(folder / "orders.csv", "order_id ordered_at received_at site loaded_at", orders(chance))
    write(folder / "portal_probe.csv", "ts place up", probes())
    write(folder / "computers.csv", "device_id day boot_s crashed", computers(chance))
    write(folder / "incident_log.csv", "from to cause announced", incidents())
    write(folder / "directory.csv", "employee site start_date", directory(chance))
    sources = sorted(path.stem for path in folder.glob("*.csv"))
    (folder / "xladsl-data.toml").write_text("\n".join(map(bound, sources)), encoding="utf-8")


def bound(source: str) -> str:
    """Where the data of a source lie, and which column says when a row arrived."""
    arrived = 'arrived = "loaded_at"\n' if source in WITH_ARRIVAL else ""
    return f'[{source}]\nfiles = "{source}.csv"\n{arrived}'


def write(path: Path, header: str, rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        writer.writerows(rows)


def shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def loaded(moment: datetime) -> str:
    """What happens is loaded in the night after."""
    return shown(moment.replace(hour=1, minute=30, second=0) + timedelta(days=1))


def moments(chance: random.Random, number: int) -> list[datetime]:
    """So many moments in working hours, in order."""
    days = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days)]
    working = [day for day in days if (day + timedelta(hours=12)).weekday() < 5]
    return sorted(
        chance.choice(working) + timedelta(hours=8, seconds=chance.randrange(9 * 3600)) for _ in range(number)
    )


def cases(chance: random.Random) -> tuple[list[Row], list[Row], list[Row]]:
    desk: list[Row] = []
    states: list[Row] = []
    answers: list[Row] = []
    for number, opened in enumerate(moments(chance, 7450), 1):
        priority = chance.choices(("P1", "P2", "P3", "P4"), (1, 12, 60, 27))[0]
        slow = 1.25 if opened.month == 5 else 1.0
        typical = {"P1": 1.6, "P2": 2.9, "P3": 9.0, "P4": 20.0}[priority] * slow
        answered = opened + timedelta(minutes=chance.expovariate(1 / (4 if priority == "P1" else 18)))
        resolved = answered + timedelta(hours=chance.expovariate(1 / typical))
        key = f"INC{number:06}"
        if chance.random() < 0.08:  # the clock stops while the user is asked something
            since = answered + (resolved - answered) / 3
            waited = timedelta(hours=chance.uniform(1, 30))
            states.append((key, "awaiting user", shown(since), shown(since + waited), loaded(since + waited)))
            resolved += waited
        office = chance.choices(OFFICES, (50, 30, 20))[0]
        at_once = "yes" if chance.random() < 0.71 else "no"
        again = "yes" if chance.random() < 0.04 else "no"
        times = (shown(opened), shown(answered), shown(resolved))
        desk.append((key, *times, priority, "closed", office, at_once, again, loaded(resolved)))
        if chance.random() < 0.15:
            ease = chance.choices((1, 2, 3, 4, 5, 6, 7), (2, 3, 6, 11, 22, 32, 24))[0]
            understood = chance.choices((1, 2, 3, 4, 5), (3, 5, 12, 40, 40))[0]
            lost = min(480, round(chance.expovariate(1 / 38)))
            replied = resolved + timedelta(hours=chance.uniform(1, 30))
            answers.append((f"A{number:06}", shown(replied), office, ease, understood, lost, loaded(replied)))
    return desk, states, answers


def pulse(chance: random.Random) -> Iterator[Row]:
    for number, moment in enumerate(moments(chance, 1290), 1):
        happy = chance.choices(range(11), (1, 0, 1, 1, 2, 3, 4, 10, 19, 31, 28))[0]
        yield f"P{number:05}", shown(moment), chance.choice(OFFICES), happy, loaded(moment)


def first_weeks(chance: random.Random) -> Iterator[Row]:
    for number, moment in enumerate(moments(chance, 108), 1):
        ready = chance.choices((3, 4, 5, 6, 7), (2, 5, 15, 40, 38))[0]
        yield f"F{number:04}", shown(moment), ready, loaded(moment)


def orders(chance: random.Random) -> Iterator[Row]:
    for number, moment in enumerate(moments(chance, 268), 1):
        received = moment + timedelta(days=chance.choices((2, 3, 4, 5, 9), (20, 35, 30, 12, 3))[0])
        yield f"O{number:05}", shown(moment), shown(received), chance.choice(OFFICES), loaded(received)


def probes() -> Iterator[Row]:
    """Every 20 seconds from three places; a place alone fails now and then, which is no downtime."""
    rounds = int((LAST - FIRST) / timedelta(seconds=20))
    down = {
        int((start - FIRST) / timedelta(seconds=20)) + step
        for start, length in DOWN
        for step in range(int(length / timedelta(seconds=20)))
    }
    for number in range(rounds):
        at = shown(FIRST + timedelta(seconds=20 * number))
        for place in ("Copenhagen", "Frankfurt", "London"):
            alone = place == "London" and number % 9_973 == 0
            yield at, place, "0" if number in down or alone else "1"


def computers(chance: random.Random) -> Iterator[Row]:
    for day in range(0, 91, 7):
        for computer in range(420):
            started = round(chance.gammavariate(9, 4.2), 1)
            crashed = "yes" if chance.random() < 0.006 else "no"
            yield f"PC{computer:04}", date(2026, 4, 1) + timedelta(days=day), started, crashed


def incidents() -> Iterator[Row]:
    start, length = DOWN[1]
    yield shown(start), shown(start + length), "planned maintenance", shown(start - timedelta(days=12))
    began = datetime(2026, 4, 21, 8, tzinfo=UTC)
    yield shown(began), shown(began + timedelta(minutes=34)), "customer network", ""


def directory(chance: random.Random) -> Iterator[Row]:
    for number in range(4200):
        joined = date(2026, 4, 1) + timedelta(days=number % 90) if number < 110 else date(2020, 1, 1)
        yield f"E{number:05}", chance.choices(OFFICES, (50, 30, 20))[0], joined


if __name__ == "__main__":
    main(Path(sys.argv[1]))
