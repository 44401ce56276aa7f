"""What a platform adds to a post: whose it was, before it, and the mark where it was cut, behind it."""

from __future__ import annotations

from inchorus.compiled.kernel import U8, kernel

# Code points from which a last word before an ellipsis counts as cut: platforms cut at 140 or later. A shorter text
# that trails off is whole, and would be too short to be found without its last word.
CUT_FROM = 100


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
