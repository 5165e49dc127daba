"""The parse stage on files that are no records: each is named, none does harm, none raises."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parse_cases import DATA, abstract, jats, only, parsed, pubmed, pubmed_set, reason, texts
from parse_cases import given as give

from pipeline.parse import parse_all, parse_file
from pipeline.parse.jats_body import body_sections
from pipeline.parse.safe_xml import UnreadableError, read_tree
from pipeline.records import RawFile


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("record.xml", pubmed_set(pubmed()))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \r\n\t", "an empty file"),
        (b"%PDF-1.7 ...", "a PDF; save the record as PubMed XML or .nbib instead"),
        (zipped(), "a ZIP archive"),
        (gzip.compress(b"<PubmedArticleSet/>", mtime=0), "a gzip archive; unpack it"),
        (b"<!DOCTYPE html><html><body>500</body></html>", "a web page (HTML)"),
        (b'<?xml version="1.0"?>\n<!-- x --><HTML></HTML>', "a web page (HTML)"),
        (b'{"error":"API rate limit exceeded"}', "JSON, not records"),
        (b'[{"pmid": 1}]', "JSON, not records"),
        (b"TY  - JOUR\nTI  - A title\nER  - \n", "an RIS file"),
        (b"@article{muster, title={T}}", "a BibTeX file"),
        (b"A woman with papules.", "text that is neither PubMed XML"),
        (b"<eSearchResult><Count>0</Count></eSearchResult>", "an ESearch answer, not records"),
        (b"<eSummaryResult/>", "an ESummary answer, not records"),
        (b"<eLinkResult/>", "an ELink answer, not records"),
        (b"<eInfoResult/>", "an EInfo answer, not records"),
        (b"<ePostResult/>", "an EPost answer, not records"),
        (b"<eFetchResult><ERROR>Empty <b>id</b> list</ERROR></eFetchResult>",
         "an EFetch error answer, not records: Empty id list"),
        (b"<recipe/>", "XML with the root <recipe>, not PubMed or PMC records"),
        (b"<PubmedArticleSet>\n<PubmedArticle>\n</PubmedArticleSet>", "broken XML at line 3: "),
        (b"<PubmedArticleSet/><PubmedArticleSet/>", "broken XML at line 1: "),
        (b"<", "broken XML at line 1: "),
        (b"<?xml version='1.0'?>", "broken XML at line 1: "),
        (b"<PubmedArticleSet>\nna\xefve</PubmedArticleSet>", "not valid UTF-8 at line 2"),
        (b"PMID- 5\nTI  - na\xefve\n", "not valid UTF-8 at line 2"),
        (b"<PubmedArticleSet>\n\x00</PubmedArticleSet>", "a NUL character at line 2"),
        (b"<?xml version='1.0' encoding='unicode_escape'?><a/>", "encoding that is not supported"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "encoding that is not supported"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    assert reason(tmp_path, content).startswith(words) or words in reason(tmp_path, content)


RECORD = pubmed_set(pubmed(article=abstract("Früh κ bands.")))
DECLARED = '<?xml version="1.0" encoding="{}"?>\n'


@pytest.mark.parametrize(
    "content",
    [
        RECORD.encode(),
        b"\n  " + RECORD.encode(),
        codecs.BOM_UTF8 + (DECLARED.format("utf-8") + RECORD).encode(),
        (DECLARED.format("utf-16") + RECORD).encode("utf-16"),
        (DECLARED.format("utf-16") + RECORD).encode("utf-16-be"),
        (DECLARED.format("utf-16") + RECORD).encode(),  # declares what it is not
        (DECLARED.format("us-ascii") + RECORD).encode(),
        (DECLARED.format("ISO-8859-7") + RECORD.replace("ü", "&#252;")).encode("iso8859-7"),
        (DECLARED.format("latin-1") + RECORD.replace("κ", "&#954;")).encode("latin-1"),
        b'<!DOCTYPE PubmedArticleSet SYSTEM "http://example.org/a.dtd">' + RECORD.encode(),
        b'<!DOCTYPE PubmedArticleSet PUBLIC "x" "/etc/passwd" []>' + RECORD.encode(),
    ],
)
def test_the_same_record_in_every_encoding_and_wrapping(tmp_path: Path, content: bytes) -> None:
    assert texts(only(tmp_path, content))["abstract"] == "Früh κ bands."


BOMB = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "content",
    [
        f"{BOMB}]>{pubmed_set(pubmed(article=abstract('&a11;')))}",
        "<!DOCTYPE a [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>"
        + pubmed_set(pubmed(article=abstract("&secret;"))),
        "<!DOCTYPE a [<!ENTITY % remote SYSTEM 'http://example.org/x'> %remote;]><a/>",
        "<a>" * 5000 + "</a>" * 5000,
        jats(body=f"<body>{'<sec>' * 5000}{'</sec>' * 5000}</body>"),
        jats(body=f"<body><p>{'x' * 11_000_000}</p></body>"),
    ],
    ids=["bomb", "local file", "remote", "deep", "deep sections", "huge text"],
)
def test_hostile_xml_becomes_a_problem_and_quickly(tmp_path: Path, content: str) -> None:
    begun = time.monotonic()
    said = reason(tmp_path, content)
    assert "declares its own entities" in said or "broken XML" in said
    assert time.monotonic() - begun < 5


def test_an_external_dtd_is_never_read(tmp_path: Path) -> None:
    """A DTD on this machine that would define the entity is not opened."""
    dtd = tmp_path / "local.dtd"
    dtd.write_text('<!ENTITY leak "leaked">', encoding="utf-8")
    root = read_tree(f'<!DOCTYPE a SYSTEM "{dtd}"><a>&leak;</a>')
    assert "leaked" not in "".join(root.itertext())


def test_deep_but_allowed_nesting_is_read(tmp_path: Path) -> None:
    text = texts(only(tmp_path, jats(body=f"<body><p>{'<b>' * 200}x{'</b>' * 200}</p></body>")))
    assert text["body-1"] == "x"


@pytest.mark.parametrize("mark", ['<xref ref-type="bibr">1</xref>', "[", "(", " - ", "\n"])
def test_long_runs_of_marks_take_no_long_time(tmp_path: Path, mark: str) -> None:
    begun = time.monotonic()
    parsed(tmp_path, jats(body=f"<body><p>a{mark * 20000}</p></body>"))
    assert time.monotonic() - begun < 3


def test_input_output_errors_become_problems(tmp_path: Path) -> None:
    locked = give(tmp_path, "locked.xml", RECORD)
    missing = RawFile(path=str(tmp_path / "none.xml"), name="none.xml", source="import", sha256="")
    folder = RawFile(path=str(tmp_path), name="folder", source="import", sha256="")
    os.mkfifo(tmp_path / "pipe")
    pipe = RawFile(path=str(tmp_path / "pipe"), name="pipe", source="import", sha256="")
    strange = RawFile(path="a\x00b", name="strange", source="import", sha256="")
    reasons = {raw.name: parse_file(raw)[1][0].reason for raw in (missing, folder, pipe, strange)}
    assert reasons["none.xml"] == "cannot be read: No such file or directory"
    assert reasons["folder"] == "a folder, not a file"
    assert reasons["pipe"] == "not a regular file"
    assert reasons["strange"].startswith("cannot be read: ")
    Path(locked.path).chmod(0)
    if os.geteuid() != 0:  # the administrator may read everything
        assert parse_file(locked)[1][0].reason == "cannot be read: Permission denied"


def test_records_without_ids_are_named_after_their_file(tmp_path: Path) -> None:
    nameless = pubmed(pmid="").replace("waxy", "{}")
    one = give(tmp_path, "my notes.v2.xml", pubmed_set(nameless))
    two = give(tmp_path, "two.xml", pubmed_set(pubmed(), nameless, nameless.replace("{}", "red")))
    assert [a.article_id for a in parse_file(one)[0]] == ["FILE:my notes.v2"]
    assert [a.article_id for a in parse_file(two)[0]] == ["PMID:101", "FILE:two/1", "FILE:two/2"]


SEEDS = [path.read_bytes() for path in sorted(DATA.iterdir())]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_random_content_never_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    articles, problems = parsed(tmp_path_factory.getbasetemp(), content)
    assert articles or problems


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_records_never_raise(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Real records with a piece cut out, doubled or overwritten."""
    seed = data.draw(st.sampled_from(SEEDS))
    start = data.draw(st.integers(0, len(seed)))
    stop = data.draw(st.integers(start, min(len(seed), start + 400)))
    piece = data.draw(st.just(b"") | st.just(seed[start:stop] * 2) | st.binary(max_size=8))
    articles, problems = parsed(tmp_path_factory.getbasetemp(), seed[:start] + piece + seed[stop:])
    assert articles or problems


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            ["<sec>", "</sec>", "<p>", "</p>", "<sup>", "</sup>", "<title>A</title>", "9", " [",
             "]", '<xref ref-type="bibr">1</xref>', "<table-wrap>", "</table-wrap>", "<table>",
             "</table>", "<tr>", "</tr>", '<td rowspan="2" colspan="2">', "</td>", "κ", "&x;",
             "<mml:math><mml:msup/></mml:math>", "<tex-math>$</tex-math>", "<fig/>"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_order_of_tags_in_a_body_never_raises(parts: list[str]) -> None:
    text = jats(body=f"<body>{''.join(parts)}</body>")
    try:
        root = read_tree(text)
    except UnreadableError:
        return
    for section in body_sections(root):
        assert section.text == section.text.strip()
        assert not set(section.text) & {"\x00", "\x01", "\x02"}


def test_a_thousand_records_take_well_under_two_seconds(tmp_path: Path) -> None:
    text = (DATA / "pubmed_record.xml").read_text(encoding="utf-8")
    start, stop = text.index("<PubmedArticle>"), text.index("</PubmedArticleSet>")
    record = text[start:stop]
    content = "".join(record.replace("990001", str(number)) for number in range(1000, 2000))
    raw = give(tmp_path, "many.xml", f"<PubmedArticleSet>{content}</PubmedArticleSet>")
    begun = time.process_time()
    articles, _ = parse_all([raw])
    assert time.process_time() - begun < 2
    assert len(articles) == 1000
