"""Find the wording that travels between sources."""
