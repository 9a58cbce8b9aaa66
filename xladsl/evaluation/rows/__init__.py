"""What is asked of rows, by whom it is answered, and how what an agreement says of a row becomes a question.

requests     what an engine is asked, and that it answers with whole numbers
table        the engine of reference, in plain Python
terms, scales, counting, pauses    predicates and formulas of one row, translated for the engines
"""
