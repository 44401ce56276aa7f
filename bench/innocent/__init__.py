"""Innocent mechanisms: corpora in which nobody has anything to do with anybody."""
