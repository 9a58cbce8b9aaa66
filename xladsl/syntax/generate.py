"""Write the parser's tables from the grammar: `python -m xladsl.syntax.generate`, or `--check` that they are current.

lark reads the grammar and works out the LALR automaton; this is the only module that needs it, and only to build.
lark settles a shift/reduce conflict in silence by shifting. Here every conflict is an error with a report, because
a text with two readings has no place in a contract.
"""

from __future__ import annotations

import hashlib
import pprint
import re
import sys
from pathlib import Path
from typing import NamedTuple

from lark.common import ParserConf
from lark.grammar import Rule as GrammarRule
from lark.grammar import Symbol
from lark.lexer import PatternStr, TerminalDef
from lark.load_grammar import load_grammar
from lark.parsers.grammar_analysis import LR0ItemSet, RulePtr
from lark.parsers.lalr_analysis import LALR_Analyzer

from xladsl import resources

START = "document"
TABLES = Path(__file__).with_name("_tables.py")


class GrammarError(Exception):
    """The grammar cannot be used as it is; the text says where and why."""


class Tables(NamedTuple):
    """What the lexer and the parser walk. `render` writes it out, with the meaning of each table beside it."""

    grammar_sha256: str
    terminals: tuple[tuple[str, str], ...]
    blank: str
    comments: tuple[str, ...]
    words: dict[str, dict[str, str]]
    symbols: dict[str, str]
    rules: tuple[tuple[int, int, str | None, tuple[int, ...], bool], ...]
    lookaheads: tuple[str, ...]
    actions: tuple[str, ...]
    gotos: tuple[str, ...]
    blocks: dict[int, str]


def main(arguments: list[str]) -> int:
    """Write the tables, or with `--check` only compare. Returns 1 for a grammar or a file that is not in order."""
    grammar = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    try:
        text = render(build(grammar))
    except GrammarError as problem:
        print(problem, file=sys.stderr)
        return 1
    if "--check" in arguments:
        current = TABLES.exists() and TABLES.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TABLES.name} is not what the grammar gives: run python -m xladsl.syntax.generate", file=sys.stderr)
        return 0 if current else 1
    TABLES.write_text(text, encoding="utf-8")
    return 0


def build(grammar: str) -> Tables:
    """The tables of a grammar. Raises GrammarError with a report of everything that has two readings."""
    loaded, _ = load_grammar(grammar, "grammar", [], False)  # type: ignore[no-untyped-call]  # lark is only partly typed
    terminals, rules, ignored = loaded.compile([START], "*")
    automaton = LALR_Analyzer(ParserConf(rules, {}, [START]), debug=False, strict=False)
    automaton.compute_lr0_states()
    automaton.compute_reads_relations()  # type: ignore[no-untyped-call]  # lark is only partly typed
    automaton.compute_includes_lookback()  # type: ignore[no-untyped-call]  # lark is only partly typed
    automaton.compute_lookaheads()  # type: ignore[no-untyped-call]  # lark is only partly typed
    literals = {terminal.name: terminal.pattern.value for terminal in terminals if is_literal(terminal)}
    problems = conflict_reports(automaton, literals) + left_recursions(rules)
    if problems:
        raise GrammarError("\n\n".join([*problems, f"{len(problems)} problems: no tables are written"]))
    states = numbered_states(automaton)
    lookaheads, actions = action_rows(states, rules)
    words = words_of(terminals)
    patterns = tuple((t.name, f"(?a:{t.pattern.to_regexp()})") for t in in_lexing_order(terminals, words))
    blank = next((name for name in ignored if re.fullmatch(dict(patterns)[name], " ")), "")
    return Tables(
        grammar_sha256=hashlib.sha256(grammar.encode()).hexdigest(),
        terminals=tuple(pair for pair in patterns if pair[0] != blank),
        blank=dict(patterns).get(blank, ""),
        comments=tuple(name for name in ignored if name != blank),
        words=words,
        symbols={text: name for name, text in literals.items() if not any(text in group for group in words.values())},
        rules=rule_plans(rules),
        lookaheads=lookaheads,
        actions=actions,
        gotos=goto_columns(states, rules),
        blocks=block_states(states, literals),
    )


def render(tables: Tables) -> str:
    """The text of `_tables.py`."""
    literal = {name: pprint.pformat(value, width=10_000, compact=True) for name, value in tables._asdict().items()}
    for name in ("actions", "gotos", "lookaheads", "terminals", "rules"):
        literal[name] = "(\n" + "".join(f"    {row!r},\n" for row in getattr(tables, name)) + ")"
    return LAYOUT.format(**literal)


LAYOUT = '''\
"""The automaton of grammar/xladsl.lark, written by `python -m xladsl.syntax.generate`. Do not edit."""

# fmt: off
# ruff: noqa
from __future__ import annotations

GRAMMAR_SHA256: str = {grammar_sha256}

# Terminals with their patterns, in the order in which the lexer tries them; white space and comments apart.
TERMINALS: tuple[tuple[str, str], ...] = {terminals}
BLANK: str = {blank}
COMMENTS: tuple[str, ...] = {comments}

# Words that the grammar spells out, with their terminals, by the terminal that they are when no keyword is wanted.
WORDS: dict[str, dict[str, str]] = {words}
SYMBOLS: dict[str, str] = {symbols}

# A rule: how many symbols, the nonterminal it gives, the name of its tree ("" for a list that is spliced into the tree
# above, None where the only part is handed on), which parts stay (n: the n-th, ~n: the parts of the n-th), and whether
# a part that is left alone stands for the whole.
RULES: tuple[tuple[int, int, str | None, tuple[int, ...], bool], ...] = {rules}

# Sets of terminals that many states share.
LOOKAHEADS: tuple[str, ...] = {lookaheads}

# For each state, pairs of a terminal (or @ and the number of a set) and what to do there: go to a state (0 or more),
# or reduce by a rule (~number). Rule 0 accepts.
ACTIONS: tuple[str, ...] = {actions}

# For each nonterminal, pairs of the state below it and the state to go to.
GOTOS: tuple[str, ...] = {gotos}

# States in which the next clause of a block may start, with the name of the block's rule.
BLOCKS: dict[int, str] = {blocks}
'''


# ------------------------------------------------------------------------------------------------------- conflicts


def conflict_reports(automaton: LALR_Analyzer, literals: dict[str, str]) -> list[str]:
    """One report for each pair of readings, however many states it shows in; the shortest way to it comes first."""
    routes = shortest_routes(automaton)
    reports: dict[tuple[str, ...], str] = {}
    for state in sorted(routes, key=lambda state: (len(routes[state]), [symbol.name for symbol in routes[state]])):
        for terminal, reduced in sorted(state.lookaheads.items(), key=lambda pair: str(pair[0].name)):
            goes_on = state.transitions.get(terminal)
            if len(reduced) + (goes_on is not None) < 2:
                continue
            readings = [f"end    {show_rule(rule, literals)}" for rule in sorted(reduced, key=str)]
            if goes_on is not None:
                readings += [f"go on  {show_item(item, literals)}" for item in sorted(goes_on.kernel, key=str)]
            key = (str(terminal.name), *readings)
            reports.setdefault(key, show_conflict(terminal, routes[state], readings, literals))
    return list(reports.values())


def show_conflict(terminal: Symbol, route: list[Symbol], readings: list[str], literals: dict[str, str]) -> str:
    after = " ".join(show_symbol(symbol, literals) for symbol in route)
    lines = [f"{show_symbol(terminal, literals)} can be read in more than one way", f"  after  {after}"]
    return "\n".join(lines + [f"  {reading}" for reading in readings])


def shortest_routes(automaton: LALR_Analyzer) -> dict[LR0ItemSet, list[Symbol]]:
    """For each state the shortest row of symbols that leads to it."""
    root = automaton.lr0_start_states[START]
    routes: dict[LR0ItemSet, list[Symbol]] = {root: []}
    queue = [root]
    for state in queue:
        for symbol, target in sorted(state.transitions.items(), key=lambda pair: str(pair[0].name)):
            if target not in routes:
                routes[target] = [*routes[state], symbol]
                queue.append(target)
    return routes


def show_symbol(symbol: Symbol, literals: dict[str, str]) -> str:
    name = str(symbol.name)
    return f'"{literals[name]}"' if name in literals else name


def show_rule(rule: GrammarRule, literals: dict[str, str]) -> str:
    return f"{rule.origin.name}: " + " ".join(show_symbol(symbol, literals) for symbol in rule.expansion)


def show_item(item: RulePtr, literals: dict[str, str]) -> str:
    shown = [show_symbol(symbol, literals) for symbol in item.rule.expansion]
    return f"{item.rule.origin.name}: " + " ".join([*shown[: item.index], "\N{BULLET}", *shown[item.index :]])


# -------------------------------------------------------------------------------------------------------- terminals


def is_literal(terminal: TerminalDef) -> bool:
    return isinstance(terminal.pattern, PatternStr)


def words_of(terminals: list[TerminalDef]) -> dict[str, dict[str, str]]:
    """The keywords, by the terminal that would match them too: `of` is also a name, `12` also a number."""
    words: dict[str, dict[str, str]] = {}
    for literal in sorted(filter(is_literal, terminals), key=lambda literal: str(literal.pattern.value)):
        text = literal.pattern.value
        other = next((t for t in terminals if not is_literal(t) and re.fullmatch(t.pattern.to_regexp(), text)), None)
        if other is not None:
            words.setdefault(str(other.name), {})[text] = str(literal.name)
        elif re.search(r"\w", text):
            raise GrammarError(f'"{text}" is neither a word nor a symbol: write its words apart, as in "at" "most"')
    return words


def in_lexing_order(terminals: list[TerminalDef], words: dict[str, dict[str, str]]) -> list[TerminalDef]:
    """Who asks for most is tried first, so that a date is not read as a number and `<=` not as `<`."""
    spelt = {name for group in words.values() for name in group.values()}
    lexed = [terminal for terminal in terminals if terminal.name not in spelt]
    return sorted(lexed, key=lambda t: (-t.priority, -t.pattern.min_width, -t.pattern.max_width, str(t.name)))


# --------------------------------------------------------------------------------------------------- the automaton


def numbered_states(automaton: LALR_Analyzer) -> dict[LR0ItemSet, int]:
    """The states in the order of the shortest way to them; 0 is the start."""
    return {state: number for number, state in enumerate(shortest_routes(automaton))}


def name_of(symbol: Symbol) -> str:
    return str(symbol.name)


def rule_numbers(rules: list[GrammarRule]) -> dict[GrammarRule, int]:
    """Rule 0 is the end of the document; the grammar's own rules follow in its order."""
    return {rule: number for number, rule in enumerate(rules, start=1)}


def nonterminal_numbers(rules: list[GrammarRule]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(name_of(rule.origin) for rule in rules))}


def action_rows(states: dict[LR0ItemSet, int], rules: list[GrammarRule]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sets of lookaheads that several states share, and the actions of each state."""
    numbers = rule_numbers(rules)
    lookaheads: dict[str, int] = {}
    rows = []
    for state in states:
        row = [
            f"{symbol.name} {states[target]}"
            for symbol, target in sorted(state.transitions.items(), key=lambda pair: str(pair[0].name))
            if symbol.is_term
        ]
        terminals_of: dict[int, list[str]] = {}
        for symbol, reduced in sorted(state.lookaheads.items(), key=lambda pair: str(pair[0].name)):
            for rule in reduced:
                terminals_of.setdefault(numbers[rule], []).append(name_of(symbol))
        for rule_number, terminals in sorted(terminals_of.items()):
            number = lookaheads.setdefault(" ".join(terminals), len(lookaheads))
            row.append(f"@{number} {~rule_number}")
        if any(item.is_satisfied and name_of(item.rule.origin).startswith("$root") for item in state.kernel):
            row.append(f"$END {~0}")
        rows.append(" ".join(row))
    return tuple(lookaheads), tuple(rows)


def goto_columns(states: dict[LR0ItemSet, int], rules: list[GrammarRule]) -> tuple[str, ...]:
    nonterminals = nonterminal_numbers(rules)
    columns: list[list[str]] = [[] for _ in nonterminals]
    for state, number in states.items():
        for symbol, target in state.transitions.items():
            if not symbol.is_term:
                columns[nonterminals[name_of(symbol)]].append(f"{number} {states[target]}")
    return tuple(" ".join(column) for column in columns)


def rule_plans(rules: list[GrammarRule]) -> tuple[tuple[int, int, str | None, tuple[int, ...], bool], ...]:
    nonterminals = nonterminal_numbers(rules)
    plans: list[tuple[int, int, str | None, tuple[int, ...], bool]] = [(1, nonterminals[START], None, (0,), True)]
    for rule in rules:
        origin = name_of(rule.origin)
        kept = []
        for index, symbol in enumerate(rule.expansion):
            if not symbol.is_term:
                kept.append(~index if name_of(symbol).startswith("_") else index)
            elif rule.options.keep_all_tokens or not getattr(symbol, "filter_out", False):
                kept.append(index)
        name: str | None = "" if origin.startswith("_") else str(rule.alias or rule.options.template_source or origin)
        single = bool(rule.options.expand1 and not rule.alias)
        if len(rule.expansion) == 1 and ((single and kept == [0]) or (not name and kept == [~0])):
            name = None
        plans.append((len(rule.expansion), nonterminals[origin], name, tuple(kept), single))
    return tuple(plans)


def block_states(states: dict[LR0ItemSet, int], literals: dict[str, str]) -> dict[int, str]:
    """After `{`, before `}`, and between the blocks of the document."""
    names = {text: name for name, text in literals.items()}
    opening, closing = names.get("{"), names.get("}")
    found = {0: START}
    for state, number in states.items():
        for item in state.kernel:
            before = name_of(item.rule.expansion[item.index - 1]) if item.index else None
            after = None if item.is_satisfied else name_of(item.next)
            if before == opening or after == closing:
                found[number] = name_of(item.rule.origin)
            elif item.is_satisfied and name_of(item.rule.origin) == START:
                found[number] = START
    return dict(sorted(found.items()))


def left_recursions(rules: list[GrammarRule]) -> list[str]:
    """Rules that hold themselves at their left edge: a long sum would become a tree as deep as the sum is long."""
    leftmost: dict[str, set[str]] = {}
    for rule in rules:
        if rule.expansion and not rule.expansion[0].is_term and not name_of(rule.origin).startswith("_"):
            leftmost.setdefault(name_of(rule.origin), set()).add(name_of(rule.expansion[0]))
    recursive = [name for name in leftmost if any(name in reachable(first, leftmost) for first in leftmost[name])]
    return [f"{name} begins with itself: write it as a list, {name}: part (sign part)*" for name in recursive]


def reachable(name: str, leftmost: dict[str, set[str]]) -> set[str]:
    found = {name}
    queue = [name]
    for current in queue:
        new = leftmost.get(current, set()) - found
        found |= new
        queue.extend(new)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
