"""The parts of the documentation that are read from the code.

A page in docs/ holds a pair of marks, `<!-- made: permissions -->` and `<!-- end -->`; what stands
between them is made here. `python -m docs.tables` brings all pages up to date, and so does
`make docs`; a test fails where a page is behind.
"""
