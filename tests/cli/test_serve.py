"""`inchorus serve` as it is run: its address, its errors, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from inchorus.api import Study
from inchorus.cli import main
from inchorus.cli.serve import answered, listening
from inchorus.errors import UsageError

CALL = (sys.executable, "-c", "import sys; from inchorus.cli import main; sys.exit(main(sys.argv[1:]))", "serve")


@contextmanager
def serving(*args: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The browser in a process of its own, and the first line that it printed."""
    with subprocess.Popen([*CALL, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def got(address: str, host: str | None = None) -> tuple[int, str]:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_it_prints_its_address_answers_and_ends_quietly(small: Study) -> None:
    with serving(str(small.path), "--port", "0") as (process, line):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", line)
        status, page = got(line.strip())
        assert status == 200
        assert "Wordings that rank highest" in page
        assert got(line.strip(), "evil.example")[0] == 400
        assert got(f"{line.strip()}talking-points.json?sort=-rank")[1].startswith("{")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_other_machines_are_let_in_only_when_told_and_loudly(small: Study) -> None:
    args = (str(small.path), "--port", "0", "--host", "0.0.0.0", "--allow-host", "Newsroom.example", "--json")
    with serving(*args) as (process, first):
        assert process.stdout
        shown = json.loads(first + process.stdout.readline() + process.stdout.readline() + process.stdout.readline())
        assert shown["study"] == str(small.path)
        port = shown["address"].rstrip("/").rpartition(":")[2]
        assert shown["address"] == f"http://newsroom.example:{port}/"
        own = f"http://127.0.0.1:{port}/about"
        assert [got(own, host)[0] for host in ("newsroom.example:99", "localhost", "other.example")] == [200, 200, 400]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert re.search(r"warning: .* can read every text of this study; there is no password", err)


def test_a_port_in_use_is_said_with_the_next_one_that_is_free(small: Study, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", str(small.path), "--port", str(port)]) == 2
        said = capsys.readouterr()
        free = re.search(rf"port {port} is in use; give --port (\d+) or 0", said.err)
        assert free
        assert said.out == ""
        listening("127.0.0.1", int(free[1])).close()


def test_what_cannot_be_served_is_said_before_anything_is_read(
    small: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    study = str(small.path)
    for args, said in (
        (["--host", "0.0.0.0"], "add --allow-host NAME"),
        (["--host", "::"], "add --allow-host NAME"),
        (["--host", "192.0.2.1", "--port", "0"], "no address of this machine"),
        (["--host", "no such host", "--port", "0"], "no address of this machine"),
        (["--allow-host", "http://newsroom.example"], "without http://"),
        (["--allow-host", "newsroom.example:80"], "without http:// and without a port"),
    ):
        assert main(["serve", study, *args]) == 2, args
        assert said in capsys.readouterr().err
    assert main(["serve", study + "-none"]) == 1
    assert "there is no study here" in capsys.readouterr().err


def test_a_name_is_answered_as_it_is_written_in_an_address() -> None:
    own = ["127.0.0.1", "localhost", "[::1]"]
    assert answered("127.0.0.1", ()) == own
    assert answered("::1", ()) == own
    assert answered("fe80::1", ("Host",)) == [*own, "[fe80::1]", "host"]
    assert answered("::", ("[fe80::1]",)) == [*own, "[fe80::1]"]
    for name in ("", "*", "a b", "a/b", "a:1", "host\n"):
        with pytest.raises(UsageError, match="is no name"):
            answered("127.0.0.1", (name,))
