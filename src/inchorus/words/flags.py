"""What is noted of a word besides the word itself: one bit each."""

IS_CAPITAL = 1  # starts with an upper-case letter
STARTS_SENTENCE = 2  # first word of the text, or after . ! ? : and their like, or after a break
IN_QUOTES = 4  # stands between quotation marks
IS_NUMBER = 8  # starts with a digit
STARTS_LINE = 16  # a line break, or white space as wide as a lost one, stands before it
IS_CHARACTER = 32  # one code point of a script without spaces
AFTER_COLON = 64  # the first word of a sentence that a colon opened
