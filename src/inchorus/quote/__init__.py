"""Quotations: where they stand, who said them, who repeats them and with which words changed."""
