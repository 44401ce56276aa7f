"""Sentences that say one thing in other words: a model of meaning, what is near, what chance has near, families."""
