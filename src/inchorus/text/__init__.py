"""Texts as readers see them: made harmless, and how two wordings differ."""
