"""What a parse gives: trees of tokens, each with its place in the text."""

from __future__ import annotations


class Token:
    """A word, a literal, a symbol or a comment; `kind` is its terminal in the grammar."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"Token({self.kind!r}, {self.text!r}, {self.start}, {self.end})"


class Tree:
    """What one rule of the grammar matched: all the text from `start` to `end`, of which `children` keep the parts
    that mean something."""

    __slots__ = ("children", "end", "rule", "start")

    def __init__(self, rule: str, children: list[Tree | Token], start: int, end: int) -> None:
        self.rule = rule
        self.children = children
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"Tree({self.rule!r}, {len(self.children)} children, {self.start}, {self.end})"
