"""From text to tree: the words of a file, how they hang together, and what is wrong with them as text.

`grammar/xladsl.lark` is the only definition of the language. `generate` turns it into `_tables`; `lexer`, `parser` and
`recovery` walk those tables and know no construct or clause by name.
"""
