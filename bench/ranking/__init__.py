"""What comes first, judged as a search engine is: pools of lines that a reader saw without their ranks."""
