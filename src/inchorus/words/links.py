"""Where an address ends: a link is where a text leads, and no word of its wording."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U8, kernel
from inchorus.compiled.sorting import place
from inchorus.words.fold import DIGIT, MARK, PLANES, SKIP, WORD

# Endings of hosts written without a scheme, which count only before a path: `t.co/f9d2`, `youtu.be/x`.
_ENDINGS = (
    "com org net edu gov mil int info biz name pro app dev io news blog site online shop store tech xyz link live "
    "top ac ad ae af ag ai al am an ao aq ar as at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz "
    "ca cat cc cd cf cg ch ci ck cl cm cn co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo "
    "fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gy hk hm hn hr ht hu id ie il im in iq ir is it je jm jo jp "
    "ke kg kh ki km kn kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mk ml mm mn mo mp mq mr ms mt mu "
    "mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru "
    "rw sa sb sc sd se sg sh si sk sl sm sn so sr st su sv sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua "
    "ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw example test"
)


def _code(letters: str) -> int:
    code = 0
    for letter in letters:
        code = code << 5 | (ord(letter) & 0x1F)
    return code


_HOSTS = np.array(sorted(_code(ending) for ending in _ENDINGS.split()), np.uint64)
_LONGEST_HOST = 253  # bytes, as in the domain name system
_PICTURES = np.frombuffer(b"pic.twitter.com/", np.uint8)


@kernel
def link_end(data: U8, i: int, stop: int, kind_of: U8) -> int:
    """Where the address ends that goes on at `i`: at white space or a quotation mark, without the last punctuation.

    In a script without spaces the text goes on where the Latin letters end.
    """
    last = i
    while i < stop:
        b = np.uint32(data[i])
        if b < 0x80:
            if b <= 0x20 or b == 0x7F or b == 0x22 or b == 0x3C or b == 0x3E:
                break
            i += 1
            if not (
                b == 0x21 or b == 0x27 or b == 0x28 or b == 0x29 or b == 0x2C or b == 0x2E or b == 0x3A or b == 0x3B
                or b == 0x3F or b == 0x5B or b == 0x5D or b == 0x7B or b == 0x7C or b == 0x7D or b == 0x2A
            ):  # fmt: skip
                last = i
            continue
        size = 2 if b < 0xE0 else (3 if b < 0xF0 else 4)
        code = b & np.uint32(0x7F >> size)
        for k in range(1, size):
            code = (code << np.uint32(6)) | (np.uint32(data[i + k]) & np.uint32(0x3F))
        kind = kind_of[code] & 7 if code < PLANES else 0
        if not (kind == WORD or kind == DIGIT or kind == MARK or kind == SKIP):
            break
        i += size
        last = i
    return last


@kernel
def link(data: U8, first: int, i: int, stop: int, kind_of: U8) -> tuple[int, int]:
    """Where the link begins and ends that has its first colon or point before `i`, in or behind the word from `first`.

    Two times `i` where there is none. A scheme may be glued to the word before it, by a lost space, and so may the
    address of a picture, which exports of posts write without a scheme.
    """
    colon = i - 1
    if data[colon] == 0x3A:
        j = i
        for _ in range(2):  # the slashes escaped or not
            if j < stop and data[j] == 0x5C:
                j += 1
            if j >= stop or data[j] != 0x2F:
                return i, i
            j += 1
        begin = colon - 5 if colon > first and data[colon - 1] | 0x20 == 0x73 else colon - 4
        if (
            begin < first
            or data[begin] | 0x20 != 0x68
            or data[begin + 1] | 0x20 != 0x74
            or data[begin + 2] | 0x20 != 0x74
            or data[begin + 3] | 0x20 != 0x70
        ):
            return i, i
        return begin, link_end(data, j, stop, kind_of)
    if colon - first == 3 and data[first] | 0x20 == data[first + 1] | 0x20 == data[first + 2] | 0x20 == 0x77:
        end = link_end(data, i, stop, kind_of)
        return (first, end) if end > i else (i, i)
    end = _path_end(data, i, stop, kind_of)
    if end == i:
        return i, i
    picture = colon - 3 >= first and i + len(_PICTURES) < stop
    for k in range(len(_PICTURES)):
        picture = picture and data[colon - 3 + k] == _PICTURES[k]
    return (colon - 3 if picture else first), end


@kernel
def _path_end(data: U8, i: int, stop: int, kind_of: U8) -> int:
    """Where the link ends that has a host and a path, its first point before `i`; `i` where it is none."""
    code = np.int64(0)
    length = 0
    for j in range(i, min(stop, i + _LONGEST_HOST)):
        b = data[j]
        if 0x61 <= b <= 0x7A or 0x41 <= b <= 0x5A:
            code = code << 5 | np.int64(b & 0x1F) if length < 7 else np.int64(0)
            length += 1
        elif b == 0x2E and data[j - 1] != 0x2E:
            code = np.int64(0)
            length = 0
        elif b == 0x2D or 0x30 <= b <= 0x39:
            length = 8
            code = np.int64(0)
        elif b == 0x2F and j + 1 < stop and data[j + 1] > 0x20:
            row = place(_HOSTS, np.uint64(code))
            if row < len(_HOSTS) and _HOSTS[row] == np.uint64(code):
                end = link_end(data, j + 1, stop, kind_of)
                return end if end > j + 1 else i
            return i
        else:
            return i
    return i
