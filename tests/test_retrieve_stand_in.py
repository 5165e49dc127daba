"""The stand-in itself behaves as the service does: history, limits, links, loopback only."""

from __future__ import annotations

import io
import socket
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest
from Bio import Entrez
from fake_entrez import FakeEntrez
from lxml import etree


def ask(fake: FakeEntrez, utility: str, by_post: bool = False, **parameters: str) -> etree._Element:
    query = urlencode(parameters)
    address = f"{fake.base_url}{utility}.fcgi"
    given = (address, query.encode()) if by_post else (f"{address}?{query}", None)
    with urllib.request.urlopen(given[0], given[1], timeout=5) as answer:
        return etree.fromstring(answer.read())


@pytest.mark.parametrize("by_post", [False, True])
def test_history_serves_a_search_page_by_page(fake_entrez: FakeEntrez, by_post: bool) -> None:
    fake_entrez.add(12)
    found = ask(
        fake_entrez, "esearch", by_post, db="pubmed", term="scleromyxedema[tiab]", usehistory="y"
    )
    page = ask(
        fake_entrez,
        "efetch",
        by_post,
        db="pubmed",
        WebEnv=found.findtext("WebEnv"),
        query_key=found.findtext("QueryKey"),
        retstart="10",
        retmax="5",
    )
    assert len(page) == 2


def test_epost_stores_ids_for_efetch(fake_entrez: FakeEntrez) -> None:
    fake_entrez.add(3)
    stored = ask(fake_entrez, "epost", True, db="pubmed", id="10000000,10000002")
    page = ask(fake_entrez, "efetch", db="pubmed", WebEnv=stored.findtext("WebEnv"), query_key="1")
    assert page.xpath("//MedlineCitation/PMID/text()") == ["10000000", "10000002"]


def test_one_search_gives_9999_ids_and_says_so(fake_entrez: FakeEntrez) -> None:
    fake_entrez.add(10_050)
    asked: dict[str, Any] = {"db": "pubmed", "term": "scleromyxedema[tiab]", "retmax": "20000"}
    found = ask(fake_entrez, "esearch", **asked)
    assert found.findtext("Count") == "10050"
    assert len(found.findall("IdList/Id")) == 9_999
    assert "Restrictions" in (found.findtext("WarningList/OutputMessage") or "")
    assert ask(fake_entrez, "esearch", **asked, retstart="9999").find("ERROR") is not None


def test_a_comma_list_merges_links_and_repeated_ids_keep_them_apart(
    fake_entrez: FakeEntrez,
) -> None:
    fake_entrez.add(2, n_full_texts=2)
    merged = ask(fake_entrez, "elink", dbfrom="pubmed", db="pmc", id="10000000,10000001")
    assert len(merged.findall("LinkSet")) == 1
    address = f"{fake_entrez.base_url}elink.fcgi?db=pmc&id=10000000&id=10000001"
    with urllib.request.urlopen(address, timeout=5) as answer:
        apart = etree.parse(io.BytesIO(answer.read())).getroot()
    assert [s.findtext("LinkSetDb/Link/Id") for s in apart] == ["2000000", "2000001"]


def test_biopython_still_has_the_names_that_the_client_replaces() -> None:
    assert callable(Entrez.urlopen)
    assert hasattr(Entrez._open, "previous")
    assert {"max_tries", "tool", "email", "api_key"} <= set(dir(Entrez))


def test_no_test_can_leave_the_loopback_interface() -> None:
    with pytest.raises(pytest.fail.Exception, match="loopback"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(pytest.fail.Exception, match="loopback"):
        socket.getaddrinfo("eutils.ncbi.nlm.nih.gov", 443)
