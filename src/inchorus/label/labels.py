"""One label a talking point, with the rule that gave it; nothing is left out for its label."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64
from inchorus.label.features import Features
from inchorus.label.recurrence import LONG, STRATUM, TIMES
from inchorus.labels import LABELS
from inchorus.match.frames import Frames

# Agreement with 200 judged talking points (bench/judged) was 0.69 before syndicated came before boilerplate,
# copies were measured by all pairs and HABIT (see `features`) rose from 3 to 4, and these from 0.5 and 0.3.
COPIED = 0.5
FIXED = 0.5
CONTACT = 0.15  # a number to call with the sentence around it
CAPITALS = 0.6  # of the way from the corpus's usual share to all: a language that capitalises nouns is no title
NUMBERS = 0.5
QUOTED = 0.5

# Calibrated on the odd half of 300 judged lines of four corpora: COMMON, FEW and RARE.
COMMON = 0.9  # of the weight of `min_words` ordinary words: less says nothing that not anybody says
FEW = 1.5  # of the same: wordings up to here need a word or two of their own
WHOLE = 0.9  # of a document's text: what is copied whole is a copy, however common its words
RARE = 3.6  # ordinary words that the three rarest words of such a wording weigh at least
# Calibrated on the odd half of 571 judged talking points (docs/decisions/033-what-follows-what.md).
USUAL = 1.1  # of `min_words` ordinary words: words that follow on one another as anybody has them weigh less
# Calibrated on the odd half of 237 judged lines: of what this alone tells none is a point, and of the even
# half none is (docs/decisions/058-titles-by-what-follows.md).
DENSE = 0.55  # ordinary words that each of its words weighs on average behind the one before
# Calibrated on the even half of 297 judged lines (docs/decisions/073-what-stands-around.md).
OTHERS = 0.5  # of the pairs of passages: different names or figures right beside the wording
DAYS = 0.5  # power of two for each bit by which words are bound to days

# Calibrated on the even half of the judged lines of one corpus, with TIMES (docs/decisions/041-standing-text.md).
SPREAD = 0.5  # of the further strata of time in which its users' activity alone would have it used
OCCASIONS = 4  # strata with a use: two seasons of two months are waves, whoever only writes in these


class Labels(NamedTuple):
    """One entry a talking point: label (index into `LABELS`), rule (its words, with figures)."""

    label: NDArray[np.int8]
    rule: list[str]


def _label(f: Features, bare: BOOL, min_words: int) -> NDArray[np.int8]:
    out = np.full(len(f.words), LABELS.index("line"), np.int8)
    lasting = (f.span >= LONG) & (f.uses >= TIMES) & (f.strata >= OCCASIONS)
    out[lasting & (spread(f) >= SPREAD)] = LABELS.index("standing")
    out[f.quoted >= QUOTED] = LABELS.index("quotation")
    capitalised = f.capitals >= f.usual_capitals + CAPITALS * (1 - f.usual_capitals)
    out[capitalised | (f.numbers >= NUMBERS)] = LABELS.index("title")
    out[(f.fixed >= FIXED) | (f.contact >= CONTACT)] = LABELS.index("boilerplate")
    out[f.copied >= COPIED] = LABELS.index("syndicated")
    # A short text that is hardly more than a formula is no copy of another one.
    open_to_it = np.isin(out, [LABELS.index(name) for name in ("line", "standing", "quotation", "syndicated")])
    is_common = formula(f.weight, f.rarest, min_words) | (says(f) < USUAL * min_words)
    dense = says(f) < DENSE * f.words
    of_others = (out == LABELS.index("line")) & (dense | (f.others >= OTHERS))
    out[(is_common & open_to_it & (f.copied < WHOLE)) | of_others] = LABELS.index("phrase")
    out[bare] = LABELS.index("phrase")
    return out


def formula(weight: F64, rarest: F64, min_words: int) -> NDArray[np.bool_]:
    """Whether a wording is so common in its words that anybody uses it; see `match.word_weights`."""
    few: NDArray[np.bool_] = weight < COMMON * min_words
    return few | ((weight < FEW * min_words) & (rarest < RARE))


def says(f: Features) -> F64:
    """What its words weigh behind one another, more where they come and go with days; NaN where it is long."""
    return np.asarray(f.following * 2 ** (DAYS * f.day_bound))


def spread(f: Features) -> F64:
    """Strata of time with a use, past the first, over those to expect if uses fell on any document of their sources."""
    return np.asarray((f.strata - 1) / np.maximum(f.usual_strata - 1, 1e-9))


def _rules(f: Features, label: NDArray[np.int8], bare: BOOL, turned: BOOL, min_words: int) -> list[str]:
    by_words, said = formula(f.weight, f.rarest, min_words), says(f)
    follows = (said < USUAL * min_words) | (said < DENSE * f.words)
    usual = f"(usual here: {f.usual_capitals:.0%})"
    out = []
    for i, kind in enumerate(LABELS[at] for at in label.tolist()):
        if kind == "line":
            out.append("no other rule applies")
        elif kind == "standing":
            out.append(
                f"used {f.uses[i]:,} times in {f.span[i]:,.0f} days, in {f.strata[i]:,} spans of {STRATUM} days; "
                f"by the activity of its users alone it would be {f.usual_strata[i]:.1f}"
            )
        elif kind == "quotation":
            out.append(f"{f.quoted[i]:.0%} of its passages stand in quotation marks or beside an attribution")
        elif kind == "phrase" and turned[i]:
            out.append("in some of its passages words before it turn it round, in others not")
        elif kind == "phrase" and bare[i]:
            out.append("nobody says it but as a part of lines that say different things with it")
        elif kind == "phrase" and not by_words[i] and not follows[i]:
            out.append(f"{f.others[i]:.0%} of its pairs of passages have different names or figures right beside it")
        elif kind == "phrase" and not by_words[i]:
            out.append(
                f"each of its words so often follows the one before that together they weigh {said[i]:.1f} ordinary "
                f"words, {f.following[i]:.1f} of it whatever the day"
            )
        elif kind == "phrase":
            out.append(
                f"its words are so common that they weigh {f.weight[i]:.1f} ordinary words, its three rarest "
                f"{f.rarest[i]:.1f} of them"
            )
        elif kind == "syndicated":
            much = "as good as all" if f.copied[i] >= 0.995 else f"{f.copied[i]:.0%} or more"  # no 100% or more
            out.append(f"half of its documents have {much} of their text from another of them")
        elif kind == "boilerplate" and f.fixed[i] < FIXED:
            out.append(f"{f.contact[i]:.0%} of its words belong to telephone numbers or the like")
        elif kind == "boilerplate":
            out.append(f"{f.fixed[i]:.0%} of its passages stand where its sources have fixed wording")
        else:
            out.append(f"{f.capitals[i]:.0%} of it is capitalised {usual}, {f.numbers[i]:.0%} are numbers")
    return out


def judge(f: Features, min_words: int, frames: Frames | None = None) -> Labels:
    """Label talking points, by the first rule that applies; `frames` says which of them nobody says by itself."""
    none = np.zeros(len(f.words), np.bool_)
    bare, turned = (none, none) if frames is None else (frames.bare, frames.turned)
    label = _label(f, bare, min_words)
    return Labels(label, _rules(f, label, bare, turned, min_words))
