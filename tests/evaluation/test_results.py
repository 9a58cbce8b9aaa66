"""A result as people read it, as machines read it, and as the parties sign it."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from xladsl.compiler import compile_agreement
from xladsl.evaluation.instants.windows import Window
from xladsl.evaluation.results import Bounds, Evaluation, Followed, Judgement, LeftOut, Measured, Paid, SourceRead, Step
from xladsl.statements import differences, reading, record, schema, signing, text
from xladsl.statements.earlier import Earlier, unfit

if TYPE_CHECKING:
    from collections.abc import Callable

    from xladsl.model.contract import Contract

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "agreements" / "digital-workplace" / "agreement.xladsl"
PUBLISHED_SCHEMA = ROOT / "docs" / "result.schema.json"
GOLDEN = ROOT / "tests" / "golden" / "statement.txt"
APRIL = (1_774_994_400_000_000, 1_777_586_400_000_000)
ABOUT = record.Circumstances("1" * 64, "2" * 64, "parties", "2026.1", {"period": "2026-04"})


def judged(promise: str, verdict: Any = "met", amount: Fraction | None = None, **said: Any) -> Judgement:
    measured = Measured(amount, said.pop("unit", "percentage"), **said.pop("measured", {}))
    level = said.pop("level", Fraction(999, 1000))
    return Judgement(
        promise, said.pop("window", "2026-04"), *APRIL, said.pop("group", ""), verdict, said.pop("reason", "because"),
        measured, said.pop("comparison", "at least"), level, **said,
    )  # fmt: skip


@pytest.fixture(scope="module")
def contract() -> Contract:
    found = compile_agreement(str(AGREEMENT)).contract
    assert found is not None
    return found


EVALUATION = Evaluation(
    agreement="digital_workplace",
    period=("2026-04-01", "2026-04-30"),
    judgements=(
        judged(
            "portal_up", "breached", Fraction(9979, 10000), leads_to=("portal_credit",),
            measured={
                "numerator": Fraction(2_586_557), "denominator": Fraction(2_592_000),
                "left_out": (LeftOut("planned_maintenance", Fraction(12_000)),
                             LeftOut("customer_network", Fraction(21_600), Fraction(1_200), Fraction(600))),
                "trace": ("length of portal_down: 90 min 43 s",),
            },
        ),
        judged("first_response", "met", Fraction(9_990_000_001, 10**10), measured={"rows": 1210}),
        judged(
            "ease_2026", "inconclusive", Fraction(538, 100), unit="plain number", level=Fraction(52, 10),
            window="2026-q2", reason="the interval lies on both sides of 5.2", measured={"rows": 310},
            bounds=Bounds(Fraction(51, 10), None, Fraction(95, 100), "Student's interval"), warned=True,
        ),
        judged("first_response", "breached", Fraction(1, 3), group="Grønland 格", hidden=True),
        *(judged("serious_incident", "met" if day != 7 else "breached", Fraction(day), unit="clock time",
                 level=Fraction(3600), comparison="at most", window=f"2026-04-{day:02} 10:00") for day in range(1, 20)),
    ),
    payments=(
        Paid("portal_credit", "2026-04", *APRIL, "", "EUR", Fraction(500), Fraction(10_000),
             (Step("5% of base", Fraction(500)),), "due", "contoso"),
        Paid("points_credit", "2026-04", *APRIL, "", "EUR", Fraction(0), None, (), "not due", "contoso"),
        Paid("response_points", "2026-04", *APRIL, "", "points", Fraction(3), None, (), "due", ""),
    ),
    followed=(Followed("ease_plan", "improvement plan", "2026-q2", "ease_2026 is inconclusive", "2026-07-14"),),
    sources=(SourceRead("desk", (("desk.csv", "a" * 64),), 1213, 1210, 3, problems=("line 7: no time",)),),
    notes=("The notice of a maintenance cannot be judged.",),
    engine=("python", "0.1.0"),
)  # fmt: skip


@pytest.fixture
def result(contract: Contract) -> dict[str, Any]:
    return record.document(contract, EVALUATION, ABOUT)


# --------------------------------------------------------------------------------------------------------- the document


def test_the_published_schema_is_the_one_that_is_printed() -> None:
    assert PUBLISHED_SCHEMA.read_text(encoding="utf-8") == schema.text(), (
        "run: xladsl schema --of result > docs/result.schema.json"
    )


def test_the_schema_follows_its_own_standard() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


def test_a_result_follows_the_schema(result: dict[str, Any]) -> None:
    assert list(jsonschema.Draft202012Validator(schema.schema()).iter_errors(result)) == []
    assert reading.read(record.rendered(result)).result == result


def test_what_few_people_said_is_not_in_the_document(result: dict[str, Any]) -> None:
    [small] = [each for each in result["judgements"] if "hidden" in each]
    assert small["verdict"] == "breached"
    assert not {"value", "numerator", "denominator", "rows", "interval", "trace", "reason"} & small.keys()


def test_the_total_is_what_is_due(result: dict[str, Any]) -> None:
    assert result["totals"] == [
        {"paid_to": "contoso", "amount": {"numerator": "500", "denominator": "1", "decimal": "500"}, "unit": "EUR"}
    ]


@given(st.fractions(), st.integers(0, 12))
def test_exact_numbers_come_back_and_their_decimals_are_exact(amount: Fraction, places: int) -> None:
    assert record.amount_of(record.exact(amount) or {}) == amount
    ending = Fraction(int(amount * 10**places), 10**places)
    said = record.exact(ending)
    assert said is not None
    assert Fraction(said["decimal"]) == ending
    assert "." not in said["decimal"] or not said["decimal"].endswith("0")


def test_very_long_numbers_are_written_and_read() -> None:
    amount = Fraction(10**6000 + 1, 3**5000)
    assert record.amount_of(record.exact(amount) or {}) == amount


def test_endless_decimals_are_not_written() -> None:
    assert record.exact(Fraction(1, 3)) == {"numerator": "1", "denominator": "3"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.pop("period"), "`period` is missing."),
        (lambda found: found.update(extra=1), "`extra` belongs to no result."),
        (lambda found: found["judgements"][0].update(verdict="won"), "`judgements[0].verdict` is none of met"),
        (lambda found: found["judgements"][0].update(rows=True), "`judgements[0].rows` is no integer."),
        (lambda found: found["judgements"][0]["value"].update(numerator="1e9"), "is not written as it must be"),
        (lambda found: found["judgements"][0]["value"].update(denominator="0"), "is not written as it must be"),
        (lambda found: found["judgements"][0]["value"].update(numerator="9" * 99_999), "is not written as it must be"),
        (lambda found: found.update(schema="urn:xladsl:schema:result:9.0"), "It follows version 9.0"),
        (lambda found: found.update(schema="urn:else"), "It is no result of an evaluation"),
        (lambda found: found.update(payments={}), "`payments` is no array."),
    ],
)
def test_a_broken_result_is_told_where(result: dict[str, Any], change: Callable[[Any], Any], said: str) -> None:
    broken = copy.deepcopy(result)
    change(broken)
    found = reading.read(json.dumps(broken).encode())
    assert found.result is None
    assert said in found.problem


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b"9" * 5000, b'{"schema": 1}'])
def test_what_is_no_result_is_told_so(content: bytes) -> None:
    assert reading.read(content).problem


# --------------------------------------------------------------------------------------------------------------- people


def test_people_read_it_like_this(result: dict[str, Any], same_as_golden: Callable[[Path, str], None]) -> None:
    same_as_golden(GOLDEN, text.render(result))


def test_no_line_is_wider_than_it_may_be(result: dict[str, Any]) -> None:
    result["titles"]["portal_up"] = "word " * 60 + "\x1b[31m 格" * 30
    assert max(text.cells(line) for line in text.render(result).splitlines()) <= text.WIDTH
    assert "\x1b" not in text.render(result)


# ---------------------------------------------------------------------------------------------------------- differences


def test_a_result_does_not_differ_from_itself(result: dict[str, Any]) -> None:
    assert differences.differences(result, copy.deepcopy(result)) == ([], [], [])


def test_what_differs_is_said_in_sentences(contract: Contract, result: dict[str, Any]) -> None:
    first, *others = EVALUATION.judgements
    better = first._replace(verdict="met", measured=first.measured._replace(amount=Fraction(9995, 10000)))
    credit, *rest = EVALUATION.payments
    now = EVALUATION._replace(
        judgements=(better, *others[:-1]),
        payments=(credit._replace(amount=Fraction(0), status="not due"), *rest),
        followed=(),
        sources=(EVALUATION.sources[0]._replace(files=(("other.csv", "b" * 64),), rows=1214),),
        engine=("duckdb", "2.0.0"),
    )
    found = differences.differences(result, record.document(contract, now, ABOUT._replace(specification="9" * 64)))
    assert found.outcomes == [
        "Availability of the portal (portal_up), 2026-04: the result says breached, and it is met.",
        "Availability of the portal (portal_up), 2026-04: the value is not the same: 99.79% in the result, 99.95% now.",
        "serious_incident, 2026-04-19 10:00: stands in the result, and did not come out now.",
        "Credit for the portal (portal_credit), 2026-04: the result says due, and it is not due.",
        "Credit for the portal (portal_credit), 2026-04: the result says EUR 500.00, and it is EUR 0.00.",
        "In all, Contoso Nordic A/S (contoso) is owed nothing; the result says EUR 500.00.",
        "ease_plan, 2026-q2: stands in the result as following, and does not follow now.",
    ]
    assert found.basis == [
        "The specification was 1111111111111111…, and is 9999999999999999….",
        "The data of `desk` are not the same: 1,213 rows then, 1,214 now.",
    ]
    assert found.means == [
        "The engine was python, and is duckdb.",
        "The version of the engine was 0.1.0, and is 2.0.0.",
    ]


def test_a_difference_too_small_to_show_is_a_difference(result: dict[str, Any]) -> None:
    other = copy.deepcopy(result)
    other["judgements"][1]["value"] = record.exact(Fraction(9_990_000_002, 10**10))
    [said] = differences.differences(result, other).outcomes
    assert said.endswith("the value is not the same, by less than is shown.")


def test_a_file_with_another_name_is_the_same(result: dict[str, Any]) -> None:
    other = copy.deepcopy(result)
    other["sources"][0]["files"][0]["name"] = "elsewhere.csv"
    assert differences.differences(result, other) == ([], [], [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda forged: forged["payments"][0]["base"].update(numerator="1"), "the base is not the same"),
        (lambda forged: forged["payments"][0]["steps"][0]["amount"].update(numerator="1"), "the steps that lead to"),
        (lambda forged: forged["payments"].append(forged["payments"][0]), "did not come out now"),
        (lambda forged: forged["judgements"].append(forged["judgements"][0]), "did not come out now"),
        (lambda forged: forged["totals"].append(forged["totals"][0]), "the result says EUR 500.00"),
        (lambda forged: forged["judgements"][0].update(end="2027-01-01T00:00:00Z"), "the end of the window"),
        (lambda forged: forged["judgements"][0].update(reason="nobody knows"), "the words about the verdicts"),
        (lambda forged: forged["payments"][0]["steps"][0].update(what="a gift"), "the words about the payments"),
        (lambda forged: forged["payments"][0]["amount"].update(decimal="999"), "the words about the payments"),
        (lambda forged: forged["sources"][0].update(rejected=70), "What became of the rows of `desk`"),
        (lambda forged: forged["notes"].append("All is well."), "the notes are not what the result says"),
        (lambda forged: forged["titles"].update(contoso="Another A/S"), "the titles are not what the result says"),
    ],
)
def test_nothing_that_a_reader_believes_can_be_changed(
    result: dict[str, Any], change: Callable[[dict[str, Any]], None], said: str
) -> None:
    forged = copy.deepcopy(result)
    change(forged)
    assert said in "\n".join(differences.differences(forged, result).outcomes)


def test_another_compiler_may_say_the_same_in_other_words(result: dict[str, Any]) -> None:
    other = copy.deepcopy(result)
    other["made_by"]["compiler"]["version"] = "0.0.9"
    other["judgements"][0]["reason"] = "in other words"
    assert differences.differences(other, result).outcomes == []


# -------------------------------------------------------------------------------------------------------------- history


def test_earlier_results_tell_what_was_judged_and_paid(result: dict[str, Any]) -> None:
    told = Earlier([json.loads(record.rendered(result))])
    april = Window(*APRIL, "2026-04", APRIL)
    assert told.verdict("portal_up", april) == "breached"
    assert told.value("portal_up", april) == Fraction(9979, 10000)
    assert told.payment("portal_credit", april) == 500
    assert told.verdict("portal_up", april._replace(start=APRIL[0] - 1)) is None
    assert told.verdict("portal_down", april) is None


def test_a_result_is_no_history_of_its_own_time_or_of_another_agreement(result: dict[str, Any]) -> None:
    assert unfit(result, "digital_workplace", "2026-05-01") is None
    assert "It reaches to 2026-04-30" in str(unfit(result, "digital_workplace", "2026-04-30"))
    assert "It is about the agreement `digital_workplace`" in str(unfit(result, "another", "2026-05-01"))


# -------------------------------------------------------------------------------------------------------------- signing


def pair() -> tuple[Any, Any]:
    key = Ed25519PrivateKey.generate()
    return key, key.public_key()


def test_the_statement_has_the_standard_s_bytes_and_names_what_it_rests_on(result: dict[str, Any]) -> None:
    content = record.rendered(result)
    stated = signing.statement(result, content)
    found = json.loads(stated)
    assert stated == rfc8785.dumps(found)
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["subject"] == [
        {"name": "digital_workplace_2026-04-01_2026-04-30.json", "digest": {"sha256": signing.subject_digest(stated)}}
    ]
    assert found["predicate"]["specification"]["digest"] == "1" * 64
    assert found["predicate"]["sources"][0]["files"] == [{"name": "desk.csv", "digest": "a" * 64}]
    assert "problems" not in json.dumps(found), "what is wrong with a row may quote it, and is signed by nobody"


def test_two_parties_sign_in_turn_and_it_can_be_told_who_did(result: dict[str, Any]) -> None:
    stated = signing.statement(result, record.rendered(result))
    provider, customer, stranger = pair(), pair(), pair()
    envelope = signing.envelope_in(stated).signed(provider[0])
    envelope = signing.envelope_in(envelope.written()).signed(customer[0])
    known = {"northwind": provider[1], "contoso": customer[1]}
    assert [(each.signer, each.genuine) for each in signing.signatures(envelope, known)] == [
        ("northwind", True),
        ("contoso", True),
    ]
    found = signing.signatures(envelope.signed(stranger[0]), known)
    assert (found[2].signer, found[2].genuine) == (None, False)
    again = envelope.signed(provider[0])
    assert len(again.signatures) == 2, "who signs twice has signed once"


def test_a_changed_statement_is_signed_by_nobody(result: dict[str, Any]) -> None:
    ours, public = pair()
    envelope = signing.envelope_in(signing.statement(result, record.rendered(result))).signed(ours)
    changed = envelope._replace(payload=envelope.payload.replace(b"2026-04-30", b"2026-04-29"))
    assert [each.genuine for each in signing.signatures(changed, {"northwind": public})] == [False]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"[" * 100_000, b'{"payload": 1}', b'{"payload": "AA==", "payloadType": "x"}',
     b'{"payload": "!", "payloadType": "application/vnd.in-toto+json", "signatures": []}',
     b'{"payload": "e30=", "payloadType": "application/vnd.in-toto+json", "signatures": 1}'],
)  # fmt: skip
def test_what_is_no_envelope_is_told_so(content: bytes) -> None:
    with pytest.raises(signing.SigningError):
        signing.envelope_in(content)


def test_keys_that_are_none_are_told_so() -> None:
    with pytest.raises(signing.SigningError, match="no private key"):
        signing.private_key(b"x")
    with pytest.raises(signing.SigningError, match="no public key"):
        signing.public_key(b"x")
    own = pair()[0].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(signing.SigningError, match="belongs to nobody but its owner"):
        signing.public_key(own)
    public = pair()[1].public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert signing.key_id(signing.public_key(public))
