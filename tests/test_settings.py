"""The settings: the environment before `.env`, blanks and `~` as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import SettingsError, read_settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a `.env` that goes live."""
    text = "# mine\nexport NCBI_EMAIL='me@example.org'\nEXTRACTED_DIR=~/corpus \nNCBI_API_KEY=\n"
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    return tmp_path


def test_env_file_is_read(folder: Path) -> None:
    settings = read_settings({}, folder)
    assert settings.ncbi_email == "me@example.org"
    assert settings.ncbi_api_key is None
    assert settings.extracted_dir == Path.home() / "corpus"


def test_the_environment_wins_also_where_it_says_nothing(folder: Path) -> None:
    """`NCBI_EMAIL= make run` must not ask Entrez because of a line in `.env`."""
    assert read_settings({"NCBI_EMAIL": "you@example.org"}, folder).ncbi_email == "you@example.org"
    settings = read_settings({"NCBI_EMAIL": "", "EXTRACTED_DIR": ""}, folder)
    assert not settings.is_live
    assert settings.extracted_dir == Path("extracted")


def test_blanks_are_no_value(tmp_path: Path) -> None:
    blank = dict.fromkeys(("NCBI_EMAIL", "ENTREZ_BASE_URL", "EXTRACTED_DIR", "DISEASE"), "  ")
    assert read_settings(blank, tmp_path) == read_settings({}, tmp_path)


def test_an_unknown_home_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="EXTRACTED_DIR: there is no home folder"):
        read_settings({"EXTRACTED_DIR": "~nobody-of-this-name/x"}, tmp_path)


@pytest.mark.parametrize(("log_format", "is_log_json"), [("json", True), ("Lines", False)])
def test_log_format_is_one_of_two(log_format: str, is_log_json: bool) -> None:
    assert read_settings({"LOG_FORMAT": log_format}).is_log_json is is_log_json


def test_a_log_format_that_does_not_exist_is_named() -> None:
    with pytest.raises(SettingsError, match="LOG_FORMAT is 'jsno'; it can be lines or json"):
        read_settings({"LOG_FORMAT": "jsno"})
