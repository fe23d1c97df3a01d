"""What judges each exercise: a module for each notebook that has some, named like it.

Its `EXERCISES` maps each exercise's name to what judges an answer, as a rule one of the kinds of `judge` and
`functions`, which are data. `lifcore.checks` finds the modules by the notebook's number.
"""
