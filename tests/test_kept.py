"""What earlier runs made is taken where its input is the same, and never where it is not."""

from __future__ import annotations

import copy
from pathlib import Path

import msgspec
import pytest

from pipeline import analyse, given, parse, screen
from pipeline.__main__ import main
from pipeline.answers import starter_articles
from pipeline.bench import many_reports
from pipeline.fingerprint import fingerprint_of
from pipeline.held_articles import HeldArticle
from pipeline.kept import made_from_kept
from pipeline.records import Article, RawFile, Screening
from pipeline.rules import read_disease
from pipeline.screen.profile import Profile

KEPT = ("parsed.jsonl", "screenings.jsonl", "extractions.jsonl")
ARTICLES = list(starter_articles().values())[:6]
PROFILE = read_disease("scleromyxedema")


class Given:
    """Two files of reports, and where a run of them goes."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        self.some, self.one = folder / "some.xml", folder / "one.xml"
        self.some.write_text(many_reports(ARTICLES, 5), encoding="utf-8")
        more = many_reports(ARTICLES[5:], 1).replace("90000000", "90000005")
        self.one.write_text(more, encoding="utf-8")
        patch.setenv("NCBI_EMAIL", "")
        patch.setattr(given, "starter_folder", lambda _: folder / "no starter")
        patch.setattr(analyse, "write_report", lambda *_: None)
        self.read: list[str] = []
        self.decided: list[str] = []
        self.decoded: list[str] = []

    def bring_in(self, name: str, *paths: Path) -> Path:
        """Import the files into a folder of that name; where it is."""
        extracted = self.folder / name
        self.patch.setenv("EXTRACTED_DIR", str(extracted))
        assert main(["import", *map(str, paths)]) == 0
        return extracted

    def watch(self) -> None:
        """Note from now on which files are read, which reports are decided on, which decoded."""
        read_file, decide = parse.read_file, screen.decide

        def note_file(raw: RawFile) -> parse.ParsedFile:
            self.read.append(Path(raw.name).name)
            return read_file(raw)

        def note_report(article: Article, profile: Profile) -> Screening:
            self.decided.append(article.article_id)
            return decide(article, profile)

        def note_decoded(held: HeldArticle) -> Article:
            self.decoded.append(held.article_id)
            return msgspec.json.decode(held.record, type=Article)

        self.patch.setattr(HeldArticle, "article", property(note_decoded))
        self.patch.setattr(parse, "read_file", note_file)
        self.patch.setattr(screen, "decide", note_report)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    return Given(tmp_path, monkeypatch)


def rows_of(extracted: Path) -> str:
    return fingerprint_of(extracted / "scleromyxedema.duckdb").sha256


def test_one_new_report_is_read_alone_and_gives_the_rows_of_a_fresh_start(
    world: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = world.bring_in("fresh", world.some, world.one)
    grown = world.bring_in("grown", world.some)
    assert rows_of(grown) != rows_of(fresh)
    capsys.readouterr()
    world.watch()
    world.bring_in("grown", world.one)
    assert (len(world.read), world.decided) == (1, ["PMID:90000005"])
    assert set(world.decoded) == {"PMID:90000005"}
    assert "1 read anew" in capsys.readouterr().out
    assert rows_of(grown) == rows_of(fresh)


def test_damaged_files_are_said_and_made_again(
    world: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values changed to others that are as good; the rows are those of no damage."""
    fresh = world.bring_in("fresh", world.some, world.one)
    grown = world.bring_in("grown", world.some)
    for name in KEPT:
        data = (grown / name).read_bytes()
        changed = data.replace(b"included", b"excluded").replace(b"woman", b"women")
        assert changed != data
        (grown / name).write_bytes(changed)
    world.bring_in("grown", world.one)
    errors = capsys.readouterr().err
    assert all(f"{name} is not as it was written" in errors for name in KEPT)
    assert rows_of(grown) == rows_of(fresh)


def test_what_is_deleted_costs_only_time(world: Given) -> None:
    fresh = world.bring_in("fresh", world.some, world.one)
    grown = world.bring_in("grown", world.some)
    for name in KEPT:
        (grown / name).unlink()
    world.bring_in("grown", world.one)
    assert rows_of(grown) == rows_of(fresh)


def test_a_file_that_was_not_all_usable_is_read_again(world: Given) -> None:
    """What could not be read last time may be readable now."""
    odd = world.folder / "odd.xml"
    odd.write_text("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", encoding="utf-8")
    world.patch.setenv("EXTRACTED_DIR", str(world.folder / "odd"))
    main(["import", str(world.some), str(odd)])
    world.watch()
    main(["import", str(world.one)])
    assert len([name for name in world.read if "odd" in name]) == 1
    assert not [name for name in world.read if "some" in name]


def decided_anew(article: Article, profile: dict[str, object], known: dict[str, Screening]) -> bool:
    return not screen.screen_anew([article], profile, known).keys() & known.keys()


def test_a_decision_is_kept_for_the_same_report_profile_and_code_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = ARTICLES[0]
    known = screen.screen_anew([article], PROFILE, {})
    assert not decided_anew(article, PROFILE, known)
    for field, value in {"title": "Other", "year": 1900, "publication_types": ("Review",)}.items():
        assert decided_anew(msgspec.structs.replace(article, **{field: value}), PROFILE, known)
    profile = copy.deepcopy(PROFILE)
    profile["screening"]["look_alikes"] = ["morphea"]
    assert decided_anew(article, profile, known)
    monkeypatch.setattr(screen, "sha256_of_code", lambda *_: "other code")
    assert decided_anew(article, PROFILE, known)


def test_only_what_is_still_asked_for_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "screenings.jsonl"
    one, other = (screen.screen(article, PROFILE) for article in ARTICLES[:2])
    made_from_kept(path, Screening, lambda _: {"a": one, "b": other})
    assert made_from_kept(path, Screening, lambda known: {"b": known["b"]}) == {"b": other}
    made_from_kept(path, Screening, lambda known: dict(known), is_lasting=lambda _: False)
    assert made_from_kept(path, Screening, dict) == {}
