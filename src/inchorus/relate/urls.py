"""The rule for addresses, by the name under which the tests of shared objects know it."""

from inchorus.urls import RULE, normalise_url

__all__ = ["RULE", "normalise_url"]
