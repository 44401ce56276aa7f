"""Ties and groups between sources: who shares more than chance gives, and the evidence."""
