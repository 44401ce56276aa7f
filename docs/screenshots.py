"""Records docs/screenshots: pages of the evidence browser over a simulated corpus, in Debian's Chromium.

python -m docs.screenshots
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyarrow as pa
from PIL import Image
from playwright.sync_api import Page

import inchorus
from bench.chromium import chromium, served
from inchorus.progress import Silent
from inchorus.relate.up_to_date import ready
from inchorus.simulate import Simulation, simulate
from inchorus.study import Study, open_study

OUT = Path(__file__).parent / "screenshots"
# Large enough for ties: six groups of five that share eight lines each.
CORPUS = Simulation(documents=1600, sources=60, lines=50, groups=6, group_size=5, group_lines=8, edits="light")
WIDTH = 1280
COLOURS = 128  # of the palette: pages are ink on paper, and files stay small


@dataclass(frozen=True)
class Shot:
    """A picture of the page at `path`: its name, from where on it is taken (a selector), and its height in pixels."""

    name: str
    path: str
    height: int
    start: str = ""


def shots(study: Study) -> list[Shot]:
    """The pictures, of things that the study holds."""

    def one(sql: str) -> dict[str, str]:
        (row,) = study.sql(sql).to_pylist()
        return {name: str(value) for name, value in row.items()}

    line = one("SELECT tp_id AS id FROM talking_points WHERE label = 'line' ORDER BY score DESC, tp_id LIMIT 1")
    tie = one("SELECT source_a AS a, source_b AS b FROM ties ORDER BY q_value, source_a, source_b LIMIT 1")
    most = "SELECT doc_id AS id FROM passages GROUP BY doc_id ORDER BY count(DISTINCT tp_id) DESC, doc_id LIMIT 1"
    point = f"/talking-point?{urlencode(line)}"
    said = one(
        "SELECT quote_id AS id FROM quotations WHERE direct GROUP BY 1 ORDER BY count(DISTINCT doc_id) DESC, 1 LIMIT 1"
    )
    speaker = one(
        "SELECT speaker_name AS name FROM quotations WHERE direct AND speaker_name IS NOT NULL"
        " GROUP BY 1 ORDER BY count(DISTINCT quote_id) DESC, 1 LIMIT 1"
    )
    source = one("SELECT source AS name FROM passages GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    (shared,) = study.sql("SELECT text FROM talking_points WHERE label = 'line' ORDER BY score DESC, tp_id LIMIT 1")[
        "text"
    ].to_pylist()
    draft = f"{str(shared)[0].upper()}{str(shared)[1:]}. My aunt keeps twelve parrots in a caravan by the sea."
    return [
        Shot("overview", "/", 1000),
        Shot("talking-points", "/talking-points?label=line&min_sources=5", 860),
        Shot("talking-point", point, 880),
        Shot("timeline", point, 1080, "#compare ~ h2"),
        Shot("document", f"/document?{urlencode(one(most))}", 860),
        Shot("ties", "/ties", 860),
        Shot("dossier", f"/tie?{urlencode(tie)}", 1240),
        Shot("network", "/network", 1000),
        Shot("search", "/search?q=the+price", 860),
        Shot("quotation", f"/quotation?{urlencode(said)}", 860),
        Shot("speaker", f"/speaker?{urlencode(speaker)}", 860),
        Shot("source", f"/source?{urlencode(source)}", 860),
        Shot("check", f"/check?{urlencode({'text': draft})}", 860),
    ]


def main() -> int:
    """Make the study, serve it, and take the pictures: 0, or 1 where there is no Chromium."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="inchorus-screenshots-") as folder:
        found = inchorus.find(pa.Table.from_batches(simulate(CORPUS)), out=Path(folder) / "study")
        study = ready(found, {}, Silent())
        inchorus.open(study.path).quotes(limit=1)
        study = open_study(study.path)
        with served(study) as base, chromium() as browser:
            if browser is None:
                print("no pictures were taken, as there is no Chromium; apt-get install chromium")
                return 1
            page = browser.new_page(color_scheme="light", reduced_motion="reduce")
            for shot in shots(study):
                size = take(page, base, shot)
                print(f"{shot.name}.png  {size / 1000:.0f} kB")
    return 0


def take(page: Page, base: str, shot: Shot) -> int:
    """Write one picture, with a palette; gives its size in bytes."""
    page.set_viewport_size({"width": WIDTH, "height": shot.height})
    page.goto(base + shot.path, wait_until="networkidle")
    page.evaluate("document.activeElement.blur()")
    if shot.start:
        page.locator(shot.start).first.evaluate("element => element.scrollIntoView()")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    out = OUT / f"{shot.name}.png"
    # Without dithering: of flat colours it makes noise, which is seen and which takes room.
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, optimize=True)
    return out.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
