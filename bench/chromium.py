"""Debian's Chromium, and a study served to it: for measurements, screenshots and tests."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from inchorus.study import Study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

VARIABLE = "INCHORUS_CHROMIUM"
# Without most of these Chromium asks its maker's hosts for updates, which tests would count against the pages.
ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    # Without a graphics card WebGL is drawn by SwiftShader; if it put every page together too, that would take as long
    # as all else that Chromium does.
    "--disable-gpu-compositing",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """The browser that INCHORUS_CHROMIUM names, else the one on the PATH; None where there is none."""
    path = os.environ.get(VARIABLE) or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served(study: Study) -> Iterator[str]:
    """The address of the browser of a study, its search index built."""
    reader = Reader(study)
    reader.search().wait()
    server = uvicorn.Server(uvicorn.Config(application(reader), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        reader.close()
