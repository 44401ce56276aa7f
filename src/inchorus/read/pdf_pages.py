"""Run as a program: the text layer of a PDF as JSON, a line each page, within bounds of memory and time."""

from __future__ import annotations

import sys

import pypdfium2

from inchorus.read.process_limits import bound, say


def main(path: str, memory: int, seconds: int) -> None:
    """Write {pages, about} first, {text} for each page, {error} in the end where it cannot be read."""
    bound(memory, seconds)
    try:
        document = pypdfium2.PdfDocument(path)
        say({"pages": len(document), "about": document.get_metadata_dict()})
        for i in range(len(document)):
            page = document[i]
            text = page.get_textpage()
            say({"text": text.get_text_bounded()})
            text.close()
            page.close()
    except pypdfium2.PdfiumError as e:
        say({"error": "it has a password" if "password" in str(e).lower() else f"it is damaged: {e}"})
    else:
        say({"done": True})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
