"""A study in a notebook."""
