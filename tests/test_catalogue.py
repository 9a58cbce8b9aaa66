"""The catalogue: everything it promises is there, can be applied, and means exactly what it says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from xladsl import resources
from xladsl.compiler import Compiled, compile_agreement
from xladsl.diagnostics import Severity
from xladsl.loading import catalogue_files, parts_of
from xladsl.model import nodes, units
from xladsl.model.expressions import Application, Expression
from xladsl.model.measures import expanded, inherited, measure_of, sample_rule
from xladsl.model.node import walk
from xladsl.model.quantities import Reference

NAMES = """
    nps happiness csat_t2b csat_mid csat_mean ces2_mean ces2_pct ces2_index ces1 lost_time lost_time_cost
    response_rate xi_sentiment felt_understood detractor_share sus ux_lite seq task_completion time_on_task adoption
    engagement retention experience_gap provider_staff_sat xla_composite dex_nexthink dex_servicenow lakeside_health
    lakeside_impact apdex lcp_p75 inp_p75 cls_p75 latency_pct rebuffer search_success reco_accept crash_free
    avail_time avail_req uptime_probe reachability_probe resp_in_time resol_in_time mttr mean_time_to_restore
    median_time_to_restore recovery fcr reopen asa abandon tsf reassign contact_rate case_e2e hold_time
    dlv_milestone action_close loop_close workload value_unit credit_burn okr_grade
"""

UNCLEAR = {
    "csat": {"csat_t2b", "csat_mid", "csat_mean"},
    "ces": {"ces1", "ces2_mean", "ces2_pct", "ces2_index"},
    "availability": {"avail_time", "avail_req", "uptime_probe", "reachability_probe"},
    "uptime": {"avail_time", "uptime_probe", "reachability_probe"},
    "service_level": {"tsf", "tsf_answered", "tsf_patient"},
    "dex": {"dex_nexthink", "dex_servicenow", "lakeside_health"},
}
"""Names that people use for more than one figure, and what must at least be among the figures."""

HELD: dict[str, str] = {
    **dict.fromkeys(["sessions", "changes", "shift", "score", "health", "sentiment", "service"], "number"),
    **dict.fromkeys(["credits", "fees_due", "revenue"], "money"),
}
"""What a column given to an input holds, where it is no length of time."""

FRAME = """
{imports}
agreement measured "Measured" {{
  version 1.0.0
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en
}}
party northwind "Northwind IT Services A/S" {{ signatory mette_holm "Mette Holm" {{ }} }}
party contoso "Contoso Nordic A/S" {{ signatory anders_lind "Anders Lind" {{ }} }}
stakeholder staff "Staff" of contoso {{ population 4200 }}
goal help "Help" {{ for staff }}
survey pulse {{
  asks staff
  sent each calendar quarter
  question of_ten 0 to 10 asking "How likely are you to recommend it?"
  question of_seven 1 to 7 asking "How easy was it?"
  question of_five 1 to 5 asking "How satisfied are you?"
}}
kpi ease "Ease" {{ serves help value mean of pulse.of_seven empty counts as no data better when higher }}
{body}
"""


def compiled(folder: Path, body: str, imports: str = "") -> Compiled:
    main = folder / "main.xladsl"
    main.write_text(FRAME.format(imports=imports or ALL_IMPORTS, body=body), encoding="utf-8")
    return compile_agreement(str(main))


MODULES = sorted(file.stem for file in Path(resources.catalogue()).glob("*.xladsl"))
ALL_IMPORTS = "\n".join(f"import std.{module}" for module in MODULES)


def catalogue() -> list[Any]:
    """The blocks of the whole catalogue, each of which compiles: a text that names them all brings them all in."""
    names = [
        part.name for file in catalogue_files().values() for part in parts_of(Path(file).read_text(encoding="utf-8"))
    ]
    with TemporaryDirectory() as folder:
        result = compiled(Path(folder), "// " + " ".join(names))
    assert [str(found) for found in result.diagnostics if found.severity == Severity.ERROR] == []
    assert sorted(block.name for block in result.loaded.catalogue) == sorted(names)
    return result.loaded.catalogue


def test_only_what_is_named_is_read(tmp_path: Path) -> None:
    read = [
        block.name
        for block in compiled(tmp_path, "kpi own { serves help value csat_t2b of pulse.of_five }").loaded.catalogue
    ]
    assert "csat_t2b" in read
    assert len(read) < 20


BLOCKS = catalogue()
MEASURES = {block.name: block for block in BLOCKS if isinstance(block, nodes.Measure)}
AMBIGUOUS = {block.name: block for block in BLOCKS if isinstance(block, nodes.Ambiguous)}


def imports_of(block: Any) -> str:
    """The one import that brings a block of the catalogue in: no part of it needs another."""
    return f"import {block.source.name}"


def applied(measure: nodes.Measure) -> tuple[str, str]:
    """A measure applied to what its inputs ask for, and the source that it is worked out of."""
    given = [argument(taken) for taken in measure.takes]
    columns = [f'{taken.name} as {column_type(taken)} from "x"' for taken in measure.takes if column_type(taken)]
    kind = "probes log { every 20 s" if measure.takes[0].kind == "probes" else "events log {"
    brackets = ", ".join(f"{taken.name} {value}" for taken, value in list(zip(measure.takes, given, strict=True))[1:])
    application = f"{measure.name} of {given[0]}" + (f" ({brackets})" if brackets else "")
    return application, f"{kind} columns {', '.join([*columns, 'at as time from ' + chr(34) + 'at' + chr(34)])} }}"


def column_type(taken: nodes.Input) -> str:
    by_kind = {"time": "time", "yes or no": "yes or no", "column": HELD.get(taken.name, "duration in seconds")}
    return by_kind.get(taken.kind, "")


def argument(taken: nodes.Input) -> str:
    if column_type(taken):
        return f"log.{taken.name}"
    if taken.kind == "answers":
        return f"pulse.{QUESTIONS[taken.scale.highest_answer.number if taken.scale else 7]}"
    return {
        "rows": "log",
        "probes": "log",
        "duration": "4 h",
        "number": "5",
        "money": "EUR 40.00",
        "amount": "5.5",
        "measure": "ease",
        "intervals": "log_down",
    }[taken.kind]


QUESTIONS: dict[Any, str] = {10: "of_ten", 7: "of_seven", 5: "of_five"}
DOWN = 'outages interruptions { columns a as time from "a", b as time from "b" lasting from a to b }\n'
DOWN += "intervals log_down { from interruptions }"


@pytest.mark.parametrize("name", NAMES.split())
def test_the_catalogue_has(name: str) -> None:
    assert name in MEASURES or name in AMBIGUOUS


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_measure_can_be_applied(measure: nodes.Measure, tmp_path: Path) -> None:
    application, source = applied(measure)
    body = f'{source}\n{DOWN}\nkpi tested "Tested" {{ serves help value {application} }}'
    result = compiled(tmp_path, body, imports_of(measure))
    assert [str(found) for found in result.diagnostics if found.severity == Severity.ERROR] == []
    assert result.contract is not None
    tested = named(result, "tested")
    assert isinstance(tested.value, Application)
    written = expanded(tested.value)
    parts = list(walk(written))
    assert not any(isinstance(part, Application) for part in parts)
    assert not any(isinstance(part, Reference) and isinstance(part.target, nodes.Input) for part in parts)
    own = {id(part) for block in result.loaded.catalogue for part in walk(block)}
    assert not any(id(part) in own for part in parts), "what is written out shares nothing with the catalogue"
    assert inherited(tested, "better") == measure.better
    assert inherited(tested, "perspective") == measure.perspective
    assert measure_of(tested) is not None
    assert sample_rule(tested) is not None
    fits_its_range(tested, written)


def fits_its_range(kpi: nodes.Kpi, written: Any) -> None:
    """The range that a KPI takes over is in the unit that its formula has."""
    found = inherited(kpi, "range")
    unit = units.unit_of(written)
    assert unit, "the unit of what is written out can be told"
    assert unit == units.unit_of(kpi.value)
    for end in (found.low, found.high) if found is not None else ():
        assert end == "unbounded" or units.together(unit, units.unit_of(end)) is not None


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_measure_says_all_there_is_to_know(measure: nodes.Measure) -> None:
    for field in ("title", "value", "better", "unit", "perspective", "answers", "typical", "usual_window"):
        assert getattr(measure, field) is not None, field
    assert measure.pitfalls
    assert measure.cited
    used = {id(part.target) for part in walk(measure) if isinstance(part, Reference)}
    assert all(id(taken) in used for taken in measure.takes), "every input counts"


@pytest.mark.parametrize("unclear", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_an_unclear_name_is_refused(unclear: nodes.Ambiguous, tmp_path: Path) -> None:
    assert UNCLEAR.get(unclear.name, set()) <= {each.name for each in unclear.stands_for}
    body = f"kpi tested {{ serves help value {unclear.name} of pulse.of_seven }}"
    result = compiled(tmp_path, body, imports_of(unclear))
    [found] = [found for found in result.diagnostics if found.severity == Severity.ERROR]
    assert found.rule == "ambiguous-measure"
    assert found.fix is None
    assert f"`{unclear.name}`" in found.title
    for each in unclear.stands_for:
        assert f"`{each.name}` ({each.found.title.value})" in found.remedy  # type: ignore[union-attr]  # all have titles


def test_every_name_that_people_confuse_is_unclear() -> None:
    assert set(UNCLEAR) <= set(AMBIGUOUS)


WRITTEN_OUT = {
    "nps of pulse.of_ten": "net score of pulse.of_ten counting 9 to 10 against 0 to 6",
    "csat_t2b of pulse.of_five": "share of pulse.of_five in which pulse.of_five >= 4",
    "apdex of log.took (threshold 1.5 s)": """
        ((share of log.took in which log.took <= 1.5 s)
         + (share of log.took in which log.took <= 1.5 s + 1.5 s + 1.5 s + 1.5 s)) / 200%""",
    "resol_in_time of log (opened opened, resolved resolved, limit 4 business hours)": """
        share of log in which log.resolved is not empty and log.resolved - log.opened <= 4 business hours""",
    'reopen of log (resolved resolved, reopened reopened, within 5 days) where grade is "P1"': """
        share of log where log.resolved is not empty and grade is "P1"
        in which log.reopened is not empty and log.reopened - log.resolved <= 5 days""",
    'mean_time_to_restore of log.resolved (detected log.opened) where grade is "P1"': """
        mean of (log.resolved - log.opened) where grade is "P1" """,
    "avail_time of log_down": "100% - length of log_down / length of the open window",
    "okr_grade of ease (start 4, goal 6)": "lowest of (highest of ((ease - 4) / (6 - 4), 0), 1)",
    "lost_time_cost_all of log.took (tickets log, rate_per_hour EUR 40.00)": """
        mean of log.took / 1 h × count of log × EUR 40.00""",
    "uptime_probe of probe (succeeded probe.up, step 5 min)": """
        (share of each 5 min in which (count of probe where probe.up is yes) >= 1)
        / (share of each 5 min in which (count of probe) >= 1)""",
    "content_share of pulse.of_ten": "100% - (share of pulse.of_ten in which pulse.of_ten <= 6)",
    "quick_share of log (began opened, done resolved) where grade is empty": """
        100% - (share of log where grade is empty
                in which log.resolved is not empty and log.resolved - log.opened <= 2 h, empty counts as 7%)""",
}

SOURCES = f"""
{DOWN}
events log {{
  columns opened as time from "a", resolved as time from "b", reopened as time from "c", grade as text from "d",
    took as duration in seconds from "e"
}}
probes probe {{ every 20 s columns up as yes or no from "up" }}
measure content_share "Content" {{ takes answer answers value 100% - detractor_share of answer better when higher }}
measure quick_share "Slow" {{
  takes done_rows rows takes began time takes done time
  value 100% - soon of done_rows (from_moment began, to_moment done, at_most_this 2 h)
  better when lower
}}
measure soon "Soon" {{
  takes counted rows takes from_moment time takes to_moment time takes at_most_this duration
  value share of counted in which to_moment is not empty and to_moment - from_moment <= at_most_this
  empty counts as 7%
  better when higher
}}
"""


@pytest.mark.parametrize(("application", "by_hand"), WRITTEN_OUT.items(), ids=[text.split()[0] for text in WRITTEN_OUT])
def test_a_measure_written_out_is_the_formula_by_hand(application: str, by_hand: str, tmp_path: Path) -> None:
    kpis = (
        f"kpi one {{ serves help value {application} }} kpi other {{ serves help value {by_hand} better when higher }}"
    )
    result = compiled(tmp_path, SOURCES + kpis)
    assert [str(found) for found in result.diagnostics if found.severity == Severity.ERROR] == []
    one, other = named(result, "one"), named(result, "other")
    assert isinstance(one.value, Application)
    written = expanded(one.value)
    assert written == other.value
    targets = [[part.target for part in walk(each) if isinstance(part, Reference)] for each in (written, other.value)]
    assert all(left is right for left, right in zip(*targets, strict=True)), "every name still means the same thing"
    assert isinstance(written, Expression)
    assert written.span == one.value.span


def named(result: Compiled, name: str) -> Any:
    return next(block for block in result.loaded.blocks if getattr(block, "name", None) == name)


def test_a_kpi_takes_over_what_it_does_not_say(tmp_path: Path) -> None:
    body = """
    kpi plain { serves help value csat_mean of pulse.of_five }
    kpi proud { serves help value nps of pulse.of_ten better when lower }
    target promised { kpi plain level at least 4 each calendar month }
    """
    result = compiled(tmp_path, body)
    plain, proud, promised = (named(result, name) for name in ("plain", "proud", "promised"))
    assert inherited(proud, "better") == "lower"
    assert inherited(promised, "better") == "higher"
    scale = inherited(plain, "range")
    assert (scale.low.amount, scale.high.amount) == (1, 5)
    assert inherited(plain, "unit").value == "points of the scale"
    assert inherited(plain, "measured_at") is None
    shown = inherited(proud, "shown_with")
    assert shown.of.name == "pulse.of_ten"
    rule = sample_rule(proud)
    assert isinstance(rule, nodes.PlannedSample)
    assert rule.rule == "net score margin"


def test_an_input_left_out_is_the_column_of_its_name(tmp_path: Path) -> None:
    short = "kpi one { serves help value resol_in_time of log (limit 4 h) }"
    full = "kpi other { serves help value resol_in_time of log (limit 4 h, opened log.opened, resolved log.resolved) }"
    result = compiled(tmp_path, f"{SOURCES} {short} {full}")
    assert result.contract is not None
    assert expanded(named(result, "one").value) == expanded(named(result, "other").value)


def test_a_measure_that_is_not_imported_says_where_it_is(tmp_path: Path) -> None:
    result = compiled(tmp_path, "kpi tested { serves help value nps of pulse.of_ten }", "// nothing is imported")
    [found] = result.diagnostics
    assert found.rule == "unknown-name"
    assert "`std.experience`" in found.here
    assert found.fix is not None
    [edit] = found.fix.edits
    text = edit.span.source.text
    (tmp_path / "main.xladsl").write_text(text[: edit.span.start] + edit.text + text[edit.span.end :], encoding="utf-8")
    mended = compile_agreement(str(tmp_path / "main.xladsl"))
    assert [str(each) for each in mended.diagnostics if each.severity == Severity.ERROR] == []


def test_a_kpi_named_like_its_question_is_told_apart(tmp_path: Path) -> None:
    result = compiled(tmp_path, "kpi of_seven { serves help value ces2_mean of of_seven }")
    [found] = [found for found in result.diagnostics if found.severity == Severity.ERROR]
    assert found.rule == "wrong-input"
    assert found.remedy == "Write `pulse.of_seven`."
    assert found.fix is not None
    assert found.fix.edits[0].text == "pulse.of_seven"


def test_a_kpi_named_like_a_measure_does_not_hide_it(tmp_path: Path) -> None:
    body = "kpi nps { serves help value nps of pulse.of_ten }"
    assert [found.rule for found in compiled(tmp_path, body, "// no import").diagnostics] == ["unknown-name"]
    assert [str(found) for found in compiled(tmp_path, body).diagnostics if found.severity == Severity.ERROR] == []


def test_the_import_stands_after_the_others(tmp_path: Path) -> None:
    result = compiled(
        tmp_path, "kpi tested { serves help value nps of pulse.of_ten }", "// first\nimport std.business\n"
    )
    [found] = result.diagnostics
    assert found.fix is not None
    [edit] = found.fix.edits
    assert edit.span.source.text[: edit.span.start].endswith("import std.business\n")
