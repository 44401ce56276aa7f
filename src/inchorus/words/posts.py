"""What is no wording of a post: whose it was, whom it names beside its sentences, the mark where it was cut."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U8, U16, U32, kernel
from inchorus.words.flags import STARTS_LINE, STARTS_SENTENCE
from inchorus.words.fold import DIGIT, SINGLE

# Code points from which a last word before an ellipsis counts as cut: platforms cut at 140 or later. A shorter text
# that trails off is whole, and would be too short to be found without its last word.
CUT_FROM = 100
# Code points at most between a word and the hashtag of its sentence: the sign, and blanks. A link or emoji is more.
BESIDE = 4
VIA = np.frombuffer(b"via", np.uint8)
NO_NAME, GOES_ON, HASHTAG, MENTION = 0, 1, 2, 3


@kernel
def _blank(data: U8, i: int, stop: int) -> int:
    while i < stop and (data[i] == 0x20 or 0x09 <= data[i] <= 0x0D):
        i += 1
    return i


@kernel
def reposted(data: U8, i: int, stop: int) -> int:
    """Where the text begins behind `RT @name:`, or several of them; `i` where it begins with none."""
    begin = i
    while True:
        i = _blank(data, i, stop)
        while i < stop and (data[i] == 0x22 or data[i] == 0x27):  # what is reposted may stand in quotation marks
            i += 1
        if i + 4 > stop or not (data[i] | 0x20 == 0x72 or data[i] | 0x20 == 0x6D) or data[i + 1] | 0x20 != 0x74:
            return begin
        i += 2
        if data[i] == 0x3A:
            i += 1
        i = _blank(data, i, stop)
        if i >= stop or data[i] != 0x40:
            return begin
        i += 1
        name = i
        while i < stop:
            b = data[i]
            if not (0x30 <= b <= 0x39 or 0x61 <= b | 0x20 <= 0x7A or b == 0x5F or b == 0x2D or b == 0x2E or b == 0x40):
                break
            i += 1
        if i == name:
            return begin
        if i < stop and data[i] == 0x3A:
            i += 1
        begin = i


@kernel
def cut_short(data: U8, i: int, stop: int) -> bool:
    """Whether an ellipsis, one sign or three points, touches the word that ends at `i`."""
    if i + 3 > stop:
        return False
    if data[i] == 0xE2:
        return bool(data[i + 1] == 0x80 and data[i + 2] == 0xA6)
    return bool(data[i] == 0x2E and data[i + 1] == 0x2E and data[i + 2] == 0x2E)


@kernel
def of_name(
    data: U8, first: int, here: int, end: int, any_word: bool, names: bool, mention: bool, kind: int
) -> int:  # fmt: skip
    """Whether the word from `here` begins a `HASHTAG` or a `MENTION`, goes on with one (`GOES_ON`), or is `NO_NAME`.

    `first` is where the text begins, `end` where the word before ended; `names` says that this was of a hashtag or
    mention, `mention` that it was of a mention. What stands behind `#` must begin with no digit, as `#1` is a number.
    """
    if here == first:
        return NO_NAME
    sign = np.int64(data[here - 1])
    at = here - 1
    # The wide forms of both signs.
    if here - first >= 3 and data[here - 3] == 0xEF and data[here - 2] == 0xBC and (sign == 0x83 or sign == 0xA0):
        sign = np.int64(0x23 if sign == 0x83 else 0x40)
        at = here - 3
    touches = any_word and end == at
    if sign == 0x23 or sign == 0x40:
        # Touching signs: `me@example.org`; `#a#b` are two, and the second sign of `#话题#` closes the first.
        if (touches and (not names or kind == SINGLE)) or (at > first and data[at - 1] == 0x26):
            return NO_NAME
        if sign == 0x23 and kind == DIGIT:
            return NO_NAME
        return HASHTAG if sign == 0x23 else MENTION
    if names and touches and (sign == 0x5F or (mention and sign == 0x2E)):
        return GOES_ON
    return GOES_ON if names and kind == SINGLE and any_word and end == here else NO_NAME


@kernel
def without_names_behind(
    named: int, named_from: int, first: int, via: bool, whole: bool, starts: U32, lengths: U16, flags: U8
) -> int:
    """The word before which a text ends that ends in so many hashtags and mentions; -1 if they are of its sentence.

    Two or more never are. One is, unless it is all there is, or a sentence, line, link or emoji ends before it, or
    `via` stands there; which is told of a `whole` text alone.
    """
    if named > 1:
        return named_from
    if not whole:
        return -1
    if named_from == first or flags[named_from] & (STARTS_SENTENCE | STARTS_LINE):
        return named_from
    if via:
        return named_from - 1
    gap = np.int64(starts[named_from]) - starts[named_from - 1] - lengths[named_from - 1]
    return named_from if gap > BESIDE else -1


@kernel
def says_via(data: U8, end: int, length: int) -> bool:
    """Whether the word of so many code points that ends at `end` is `via`."""
    if length != len(VIA):
        return False
    return bool(data[end - 3] | 0x20 == VIA[0] and data[end - 2] | 0x20 == VIA[1] and data[end - 1] | 0x20 == VIA[2])
