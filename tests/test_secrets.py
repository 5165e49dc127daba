"""The key and the address of the user reach Entrez and nothing else; only a trusted host gets them.

A marked key and a marked address are searched for in all that a command prints or writes.
"""

from __future__ import annotations

import argparse
import datetime
import json
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from live_cases import EMAIL, KEY

from pipeline import __main__ as command_line
from pipeline import answers, telling
from pipeline.retrieve import entrez
from pipeline.settings import Settings, SettingsError, read_settings, redactor

ROOT = Path(__file__).parent.parent
PASSWORD = "pa55w0rd-of-the-proxy"


def settings_with_secrets(folder: Path, address: str) -> Settings:
    return Settings(
        ncbi_email=EMAIL, ncbi_api_key=KEY, entrez_base_url=address, extracted_dir=folder
    )


def test_a_traceback_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    address = f"https://user:{PASSWORD}@mirror.example.org/eutils/"
    redact = redactor(settings_with_secrets(Path(), address))
    try:
        raise ValueError(f"{address}?api_key={KEY}&email={EMAIL.replace('@', '%40')}")
    except ValueError as error:
        command_line.show_masked(redact, type(error), error, error.__traceback__)
    text = capsys.readouterr().err
    assert "ValueError" in text
    assert "test_secrets.py" in text
    for secret in (KEY, EMAIL, EMAIL.replace("@", "%40"), PASSWORD):
        assert secret not in text


def test_an_unexpected_fault_of_a_run_is_shown_whole_and_masked(tmp_path: Path) -> None:
    """A process whose retrieval breaks with the key in the words of the error."""
    program = (
        "import sys, pipeline.retrieve as r, pipeline.__main__ as m\n"
        "def broken(search, settings, *rest, **more):\n"
        "    raise RuntimeError(f'{settings.entrez_base_url}?api_key={settings.ncbi_api_key}')\n"
        "r.refresh = broken\n"
        "sys.exit(m.main(['run']))\n"
    )
    environment = {
        "NCBI_EMAIL": EMAIL, "NCBI_API_KEY": KEY, "EXTRACTED_DIR": str(tmp_path),
        "ENTREZ_BASE_URL": f"http://user:{PASSWORD}@127.0.0.1:9/",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    for secret in (KEY, EMAIL, PASSWORD):
        assert secret not in done.stdout + done.stderr
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]


def test_settings_do_not_show_their_secrets() -> None:
    address = f"https://user:{PASSWORD}@mirror.example.org/"
    text = repr(settings_with_secrets(Path(), address))
    for secret in (KEY, EMAIL, PASSWORD):
        assert secret not in text


@pytest.mark.parametrize("content", [b"NCBI_EMAIL=\xff\xfe", b"\x80"])
def test_an_env_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(SettingsError, match="mend or remove it"):
        read_settings({}, tmp_path)


def test_certificates_and_host_names_are_checked_whatever_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ssl, "_create_default_https_context", ssl._create_unverified_context)
    opener = entrez._opener("eutils.ncbi.nlm.nih.gov")
    (https,) = [h for h in vars(opener)["handlers"] if isinstance(h, urllib.request.HTTPSHandler)]
    context = vars(https)["_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname is True


def test_a_host_without_a_trusted_certificate_is_named_as_such() -> None:
    error = urllib.error.URLError(ssl.SSLCertVerificationError("self-signed certificate"))
    assert "certificate that cannot be trusted" in entrez._trouble_of_url_error(error).reason


def test_what_a_run_says_is_one_json_object_a_line_if_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telling.use_json(True)
    try:
        telling.say('a "line"\nwith a break')
        telling.warn("careful")
    finally:
        telling.use_json(False)
    printed = capsys.readouterr()
    said, warned = json.loads(printed.out), json.loads(printed.err)
    assert (said["level"], said["message"]) == ("info", 'a "line"\nwith a break')
    assert warned["level"] == "warning"
    assert datetime.datetime.fromisoformat(said["time"]).tzinfo is not None
    telling.say("plain")
    assert capsys.readouterr().out == "plain\n"


def test_the_review_notebook_listens_on_loopback_and_asks_for_a_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[list[str]] = []

    def note(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        called.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", note)
    assert answers.review(argparse.Namespace(), read_settings({})) == 0
    (command,) = called
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert "--token" in command
    assert "--no-token" not in command
    target = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nreview:")[2]
    assert target.splitlines()[1].strip() == "@$(RUN) review"
