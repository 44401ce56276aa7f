"""A text of one's own looked up in a study: which of its sentences are whose, and who makes which claim."""
