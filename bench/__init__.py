"""Measurements: what is found, with floors that hold it (`bench.accuracy`), and at what cost (`bench.speed`)."""
