"""What came of an evaluation, said so that others can rely on it: to people, to machines, and to whoever checks it.

    record       a result as data: every number exact, and everything that it rests on named by its digest
    schema       what such a document may hold, as a published JSON Schema
    text         the same for the person who reads it at the end of the month
    differences  two results of the same period held against each other, in sentences
    earlier      results of earlier periods as the history that a later one needs
    signing      a result stated in a form that the parties sign, and the check of who did

A result never holds rows, and of groups that are too small to be shown it holds the verdict alone.
"""
