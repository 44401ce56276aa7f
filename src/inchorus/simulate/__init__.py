"""Simulated corpora with known truth: plausible local news, with planted lines, quotations and copies."""

from inchorus.simulate.corpus import simulate, truth
from inchorus.simulate.options import Simulation

__all__ = ["Simulation", "simulate", "truth"]
