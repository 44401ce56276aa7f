"""What each talking point is like, and a label by that."""
