"""Who was first, in which wordings, and who likely had it from whom."""
