"""One pass over UTF-8: where each word stands, its hash, and what is noted of it."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U8, U16, U32, U64, kernel
from inchorus.words.breaks import goes_on as rejoined
from inchorus.words.flags import (
    AFTER_COLON,
    IN_QUOTES,
    IS_CAPITAL,
    IS_CHARACTER,
    IS_NUMBER,
    STARTS_LINE,
    STARTS_SENTENCE,
)
from inchorus.words.fold import (
    APOSTROPHE,
    CAPITAL,
    DIGIT,
    GAP,
    MARK,
    NOTED,
    PLANES,
    POINT,
    SINGLE,
    SKIP,
    UNSEEN,
    WORD,
)
from inchorus.words.hashed import BASIS, FACTOR, folded_hash
from inchorus.words.links import link
from inchorus.words.markup import BREAKS_LINE, JOINS, NO_TAG, entity, tag
from inchorus.words.posts import (
    CUT_FROM,
    HASHTAG,
    MENTION,
    NO_NAME,
    cut_short,
    of_name,
    reposted,
    says_via,
    without_names_behind,
)

LONGEST = 60_000  # code points; a longer word (a pasted image, a key) is cut, so that a length fits 16 bits

_UNSEEN_FROM, _UNSEEN_TO = UNSEEN.start, UNSEEN.stop
_SPACES_OF_A_LOST_BREAK = 3  # web pages turned into text keep their block ends as runs of spaces


@kernel
def scan(
    data: U8,
    bounds: I64,
    kind_of: U8,
    first: U32,
    count: U16,
    folded: U32,
    hashes: U64,
    starts: U32,
    lengths: U16,
    flags: U8,
    offsets: I64,
    whole: bool,
) -> None:
    """Fill hashes, starts, lengths, flags and offsets with the words of the texts of `data`; see `tokens.tokenise`."""
    k1 = FACTOR
    k2 = BASIS
    n = 0
    for doc in range(len(bounds) - 1):
        offsets[doc] = n
        i = bounds[doc]
        stop = bounds[doc + 1]
        at = 0  # code points before this one
        start = -1  # of the open word
        start_of_last = -1
        end = 0
        h = np.uint64(0)
        flag = 0
        pending = GAP  # an apostrophe or point that belongs to the word only if the next character does
        single = False
        last_digit = False
        sentence = True
        colon = False
        line = True
        quoted = False
        spaces = 0
        newlines = 0
        white = True
        stopped = False  # a full stop that ends a sentence if white space follows
        first_byte = i  # of the open word
        end_byte = i  # one past the last byte of the last word
        last_byte = i  # the same of the word before the open one
        named = 0  # hashtags and mentions with no other word between
        named_from = 0  # the first word of these
        names = False  # the last word is of one of them
        ended = 0  # what `named` was before the open word, which may turn out to be a link
        mention = False
        via = False
        head = i
        if whole:
            head = reposted(data, i, stop)
            at = head - i
        shared = head > i
        i = head
        while i < stop:
            b = np.uint32(data[i])
            here = i
            if b < 0x80:
                code = b
                i += 1
            elif b < 0xE0:
                code = ((b & 0x1F) << 6) | (np.uint32(data[i + 1]) & 0x3F)
                i += 2
            elif b < 0xF0:
                code = ((b & 0x0F) << 12) | ((np.uint32(data[i + 1]) & 0x3F) << 6) | (np.uint32(data[i + 2]) & 0x3F)
                i += 3
            else:
                code = (
                    ((b & 0x07) << 18)
                    | ((np.uint32(data[i + 1]) & 0x3F) << 12)
                    | ((np.uint32(data[i + 2]) & 0x3F) << 6)
                    | (np.uint32(data[i + 3]) & 0x3F)
                )
                i += 4
            if code < PLANES:
                k = kind_of[code]
            elif code < 0x32400:
                k = SINGLE
            else:
                k = SKIP if _UNSEEN_FROM <= code < _UNSEEN_TO else GAP
            kind = k & 7
            size = 1  # code points of what counts as one: a link, a tag or an entity is as long as it is written
            if k & NOTED:
                j = i
                if code == 0x2E or code == 0x3A:
                    if start >= 0 and end_byte == i - 1 and not (last_digit and code == 0x2E):
                        begin, j = link(data, first_byte, i, stop, kind_of)
                    if j > i:
                        kind = GAP
                        code = np.uint32(0x2D)
                        if begin > first_byte:
                            h, end = folded_hash(data, first_byte, begin, kind_of, first, count, folded)
                            end += start
                        else:
                            # Of the host is also what a hyphen joins to it.
                            while n > offsets[doc] and np.int64(starts[n - 1]) + lengths[n - 1] == start - 1:
                                if data[first_byte - 1] != 0x2D or code == 0x3A:
                                    break
                                n -= 1
                                first_byte -= lengths[n] + 1
                                start = int(starts[n])
                                flag = int(flags[n])
                            sentence |= (flag & STARTS_SENTENCE) != 0
                            line |= (flag & STARTS_LINE) != 0
                            start = -1
                            single = False
                            end_byte = last_byte
                            named = max(named, ended)
                elif code == 0x26:
                    j, sign = entity(data, i, stop)
                    if j > i:
                        code = np.uint32(sign)
                        k = kind_of[code] if code < PLANES else GAP
                        kind = k & 7
                elif code == 0x3C:
                    j, rank = tag(data, i, stop)
                    if rank == JOINS:
                        kind = SKIP
                    elif rank != NO_TAG:
                        code = np.uint32(0x0A if rank == BREAKS_LINE else 0x2D)
                elif start >= 0 and pending == GAP and not single and not last_digit:
                    capitals = 0x41 <= data[end_byte - 1] <= 0x5A
                    j = rejoined(data, i, stop, kind_of, capitals)
                    if j > i:
                        kind = SKIP
                for x in range(i, j):
                    size += (data[x] & 0xC0) != 0x80
                i = j
            if kind == SKIP:
                at += size
                continue
            goes_on = False
            if start >= 0:
                if at - start >= LONGEST:
                    goes_on = False
                elif kind == MARK:
                    goes_on = pending == GAP
                elif single or kind == SINGLE:
                    goes_on = False
                elif kind == WORD or kind == DIGIT:
                    goes_on = pending != POINT or kind == DIGIT
                elif pending == GAP and (kind == APOSTROPHE or (kind == POINT and last_digit)):
                    pending = kind
                    stopped = code == 0x2E
                    at += size
                    white = False
                    continue
                if not goes_on:
                    hashes[n] = h ^ (h >> np.uint64(29))
                    starts[n] = start
                    lengths[n] = end - start
                    flags[n] = flag
                    n += 1
                    start_of_last = start
                    last_byte = end_byte
                    start = -1
                    pending = GAP
                    single = False
            if goes_on:
                if pending == POINT and stopped:
                    h = (h ^ np.uint64(0x2E)) * k1
                    h ^= h >> np.uint64(32)
                stopped = False
                pending = GAP
            elif kind == WORD or kind == DIGIT or kind == SINGLE:
                start = at
                first_byte = here
                h = k2
                flag = 0
                if k & CAPITAL:
                    flag |= IS_CAPITAL
                if sentence:
                    flag |= STARTS_SENTENCE
                if colon:
                    flag |= AFTER_COLON
                if line:
                    flag |= STARTS_LINE
                if quoted:
                    flag |= IN_QUOTES
                if kind == DIGIT:
                    flag |= IS_NUMBER
                if kind == SINGLE:
                    flag |= IS_CHARACTER
                    single = True
                part = of_name(data, bounds[doc], here, end_byte, n > offsets[doc], names, mention, kind)
                names = part != NO_NAME
                ended = named
                if part >= HASHTAG:
                    if named == 0:
                        named_from = n
                        mention = part == MENTION
                        via = n > offsets[doc] and says_via(data, end_byte, lengths[n - 1])
                    named += 1
                elif part == NO_NAME and named > 0:
                    if named > 1 or (whole and mention and named_from == offsets[doc]):
                        if named_from < n:
                            flag |= flags[named_from] & (STARTS_SENTENCE | STARTS_LINE)
                        n = min(n, named_from)
                    named = 0
                sentence = False
                colon = False
                stopped = False
                line = False
                goes_on = True
            if goes_on:
                if code < PLANES:
                    f = first[code]
                    for j in range(f, f + count[code]):
                        h = (h ^ np.uint64(folded[j])) * k1
                        h ^= h >> np.uint64(32)
                else:
                    h = (h ^ np.uint64(code)) * k1
                    h ^= h >> np.uint64(32)
                end = at + size
                end_byte = i
                last_digit = kind == DIGIT
                white = False
                spaces = 0
                newlines = 0
            else:
                last_digit = False
                # Initials (U. S. Senate) take a full stop without ending a sentence.
                if code == 0x2E:
                    stopped = at - 1 > start_of_last
                elif stopped and (code == 0x20 or code == 0x09 or code == 0x0A or code == 0x0D or code == 0xA0):
                    sentence = True
                if code == 0x0A or code == 0x0D or code == 0x2028 or code == 0x2029 or code == 0x85:
                    line = True
                    white = True
                    newlines += 1
                    if newlines >= 2:
                        sentence = True
                        if newlines > 2 or code != 0x0A or data[i - 2] != 0x0D:
                            quoted = False
                elif code == 0x20 or code == 0x09 or code == 0xA0 or code == 0x3000:
                    spaces += 1
                    white = True
                    if spaces >= _SPACES_OF_A_LOST_BREAK:
                        line = True
                        sentence = True
                        quoted = False
                else:
                    spaces = 0
                    if code == 0x22 or code == 0xFF02:
                        quoted = white
                    elif code == 0x201C or code == 0x201E or code == 0xAB or code == 0x300C:
                        quoted = True
                    elif code == 0x201D or code == 0xBB or code == 0x300D:
                        quoted = False
                    elif (
                        code == 0x21
                        or code == 0x3F
                        or code == 0x3A
                        or code == 0xFF1A
                        or code == 0x2026
                        or code == 0x3002
                        or code == 0x61F
                        or code == 0x6D4
                        or code == 0xFF01
                        or code == 0xFF1F
                        or code == 0x964
                    ):
                        sentence = True
                        colon = code == 0x3A or code == 0xFF1A
                    # An opening bracket or dash before a straight quotation mark opens as a space does.
                    white = code == 0x28 or code == 0x5B or code == 0x2014 or code == 0x2013 or code == 0x2D
            at += size
        if start >= 0:
            hashes[n] = h ^ (h >> np.uint64(29))
            starts[n] = start
            lengths[n] = end - start
            flags[n] = flag
            n += 1
        if named > 0 and named_from < n:
            least = without_names_behind(named, named_from, offsets[doc], via, whole, starts, lengths, flags)
            if least >= 0:
                n = least
                continue
        if whole and n > offsets[doc] and cut_short(data, end_byte, stop):
            last = n - 1
            if not flags[last] & IS_CHARACTER and (shared or np.int64(starts[last]) + lengths[last] >= CUT_FROM):
                n = last
    offsets[len(bounds) - 1] = n
