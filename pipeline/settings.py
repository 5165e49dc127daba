"""The settings: environment variables, or `.env` beside the Makefile. Reads both, writes nothing.

Every setting is listed in `.env.example`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

PACKAGE = Path(__file__).parent
FIRST_DISEASE = "scleromyxedema"
LOG_FORMATS = ("lines", "json")
NCBI_BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"


def beside_or_inside(name: str) -> Path:
    """A folder that stands beside the package in a clone, and inside it in a wheel."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


QUERIES = beside_or_inside("queries")
NOTEBOOKS = beside_or_inside("notebooks")


def home() -> Path:
    """Where `.env` and `extracted/` are: the clone, or for a wheel the folder one works in."""
    return Path() if NOTEBOOKS.parent == PACKAGE else PACKAGE.parent


class SettingsError(Exception):
    """A setting or a `.env` file that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a run needs to know of its surroundings; the secrets are kept out of `repr`."""

    ncbi_email: str | None = field(default=None, repr=False)
    ncbi_api_key: str | None = field(default=None, repr=False)
    entrez_base_url: str = field(default=NCBI_BASE_URL, repr=False)  # may hold a password
    extracted_dir: Path = Path("extracted")
    disease: str = FIRST_DISEASE
    is_log_json: bool = False

    @property
    def is_live(self) -> bool:
        """NCBI asks every client to say who it is, so the address is the switch."""
        return bool(self.ncbi_email)

    @property
    def database(self) -> Path:
        return self.extracted_dir / f"{self.disease_name}.duckdb"

    @property
    def disease_name(self) -> str:
        """'morphea' for the disease 'morphea' and for the file '/mine/morphea.toml'."""
        return Path(self.disease).name.removesuffix(".toml")


def read_settings(environment: Mapping[str, str] = os.environ, folder: Path = Path()) -> Settings:
    """Settings from the environment, which wins over `folder/.env`; empty values count as unset.

    An empty variable wins, too: `NCBI_EMAIL= make run` asks nobody, whatever `.env` holds.
    """
    given = {**read_env_file(folder / ".env"), **environment}
    values = {name: value.strip() for name, value in given.items() if value.strip()}
    base = values.get("ENTREZ_BASE_URL", NCBI_BASE_URL)
    disease = values.get("DISEASE", FIRST_DISEASE)
    return Settings(
        ncbi_email=values.get("NCBI_EMAIL"),
        ncbi_api_key=values.get("NCBI_API_KEY"),
        entrez_base_url=base if base.endswith("/") else f"{base}/",
        extracted_dir=folder_named(values.get("EXTRACTED_DIR")) or default_folder(disease),
        disease=disease,
        is_log_json=is_json(values.get("LOG_FORMAT", LOG_FORMATS[0])),
    )


def is_json(log_format: str) -> bool:
    if log_format.lower() not in LOG_FORMATS:
        raise SettingsError(f"LOG_FORMAT is {log_format!r}; it can be {' or '.join(LOG_FORMATS)}.")
    return log_format.lower() == "json"


def folder_named(text: str | None) -> Path | None:
    """The folder that is set, `~` written out: no shell does that for a line of `.env`."""
    try:
        return Path(text).expanduser() if text else None
    except RuntimeError:
        raise SettingsError(f"EXTRACTED_DIR: there is no home folder for {text}.") from None


def default_folder(disease: str) -> Path:
    """`extracted`, and below it a folder for each further disease: their reports do not mix."""
    if disease == FIRST_DISEASE:
        return Path("extracted")
    return Path("extracted") / Settings(disease=disease).disease_name


def redactor(settings: Settings) -> Callable[[str], str]:
    """A function that takes the key, the e-mail address, the password of a proxy and network
    addresses out of a text.
    """
    account = re.match(r"https?://([^/@]+)@", settings.entrez_base_url)
    proxy = account[1].partition(":")[2] or account[1] if account else None
    secrets = [value for value in (settings.ncbi_api_key, settings.ncbi_email, proxy) if value]
    codings = (str, unquote, quote_plus, partial(quote, safe=""), partial(quote, safe="+"))
    forms = {coded(value) for value in secrets for coded in codings}

    def redact(text: str) -> str:
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(form, "***")
        return re.sub(r"\b\d{1,3}(\.\d{1,3}){3}\b", "***", text)

    return redact


def read_env_file(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of a `.env` file; comments, blank lines and quotes are dropped."""
    if not path.is_file():
        return {}
    pairs: dict[str, str] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise SettingsError(f"{path} cannot be read ({reason}): mend or remove it.") from None
    for line in text.splitlines():
        name, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not name.startswith("#"):
            pairs[name.strip()] = value.strip().strip("'\"")
    return {name: value for name, value in pairs.items() if value}
