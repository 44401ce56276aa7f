"""Documents as numbers: words with their places, and back."""
