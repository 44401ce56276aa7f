"""Simulated corpora with known truth: plausible local news, with planted lines, quotations and copies."""

from inchorus.simulate.corpus import simulate, simulate_with_truth, truth
from inchorus.simulate.options import Simulation

__all__ = ["Simulation", "simulate", "simulate_with_truth", "truth"]
