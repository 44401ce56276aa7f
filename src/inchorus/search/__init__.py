"""Search over all wording and all documents of a study, in any script, from an index in memory."""
