"""Records of the same report, from several files, to one article.

Reads the reports it is given, writes nothing.
Two records are the same report when they share the PMID, else the PMCID, else the DOI; but never
when they state different PMIDs: errata and abstract books share DOIs with other reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from pipeline.held_articles import HeldArticle, hold
from pipeline.parse.report import HeldReport, article_id_of, problem
from pipeline.records import Article, ParseProblem, Section

Group = list[HeldReport]
Chosen = tuple[HeldArticle, HeldReport, Group]  # the article, its best record, the records not used

SOURCE_RANK = {"entrez": 0, "import": 1, "starter": 2}
BODY_KINDS = ("body", "legend", "table")
FRONT_KINDS = ("abstract", "keywords", "other_abstract")


def merge(reports: Iterable[HeldReport]) -> tuple[list[HeldArticle], list[ParseProblem]]:
    """One article per report, sorted by article_id, and a notice for every record not used.

    The outcome depends on the reports alone, not on their order.
    """
    ranked = sorted(reports, key=later, reverse=True)
    groups, problems = set_wrong_pairs_apart(grouped([[report] for report in ranked], pmids))
    for key in (pmcids, dois, same_text):
        groups = grouped(groups, key)
    chosen = with_distinct_ids([united(group) for group in groups])
    notices = (
        duplicate(report, article, best) for article, best, rest in chosen for report in rest
    )
    return [article for article, _, _ in chosen], [*problems, *notices]


def later(report: HeldReport) -> tuple[str, bool, str, int]:
    """Sorts records of one source: date of revision, XML before text, then the later file."""
    return (
        report.revised_on,
        report.form not in ("nbib", "text"),
        report.article.raw_file,
        report.position,
    )


def pmids(group: Group) -> set[str]:
    return {report.article.pmid for report in group if report.article.pmid}


def pmcids(group: Group) -> set[str]:
    return {report.article.pmcid for report in group if report.article.pmcid}


def dois(group: Group) -> set[str]:
    return {report.article.doi for report in group if report.article.doi}


def same_text(group: Group) -> set[str]:
    """The checksum of the text, only for records that have no id to go by."""
    if pmids(group) or pmcids(group) or dois(group):
        return set()
    return {report.article.article.text_sha256 for report in group}


def grouped(groups: list[Group], key: Callable[[Group], set[str]]) -> list[Group]:
    """Join the groups that share a key and do not contradict each other; PMIDs lead.

    Once PMIDs are joined, a group with a PMID can only be joined by others, never join one: an
    abstract book may give hundreds of PMIDs one DOI.
    """
    homes: dict[str, list[Group]] = {}
    joined: list[Group] = []
    for group in sorted(groups, key=lambda group: (not pmids(group), not pmcids(group))):
        keys = sorted(key(group))
        may_join = key is pmids or not pmids(group)
        candidates = (home for name in keys if may_join for home in homes.get(name, []))
        home = next((home for home in candidates if is_compatible(home, group, key)), None)
        if home is None:
            home = []
            joined.append(home)
        home.extend(group)
        for name in keys:
            homes.setdefault(name, []).append(home)
    return joined


def is_compatible(home: Group, group: Group, key: Callable[[Group], set[str]]) -> bool:
    """False where the groups state different PMIDs, or, joined by DOI only, different PMCIDs."""
    stated = [pmids] if key is not dois else [pmids, pmcids]
    return not any(ids(home) and ids(group) and not ids(home) & ids(group) for ids in stated)


def set_wrong_pairs_apart(groups: list[Group]) -> tuple[list[Group], list[ParseProblem]]:
    """Take full texts from a PMID whose PubMed record names another PMCID and another DOI.

    Wrong pairs of PMID and PMCID exist in bulk sources; the body would be another patient's.
    """
    kept: list[Group] = []
    problems: list[ParseProblem] = []
    for group in groups:
        records = [report for report in group if report.form != "jats"]
        wrong = [report for report in group if is_wrong_pair(report, records)]
        kept.append([report for report in group if report not in wrong])
        for report in wrong:
            kept.append([without_pmid(report)])
            reason = f"states PMID {report.article.pmid}, which PubMed gives to another report"
            record = report.article.pmcid
            problems.append(problem(report.article.raw_file, f"{reason}; kept apart", record))
    return kept, problems


def is_wrong_pair(report: HeldReport, records: Group) -> bool:
    article = report.article
    if report.form != "jats" or not article.pmcid or not pmcids(records):
        return False
    return article.pmcid not in pmcids(records) and article.doi not in dois(records)


def without_pmid(report: HeldReport) -> HeldReport:
    name = article_id_of(None, report.article.pmcid, report.article.doi)
    return msgspec.structs.replace(
        report, article=changed(report.article, pmid=None, article_id=name)
    )


def changed(article: HeldArticle, **fields: object) -> HeldArticle:
    return hold(msgspec.structs.replace(article.article, **fields))


def united(group: Group) -> Chosen:
    """The article of a group: the best record, its body from the best full text, all their ids.

    A starter record gives nothing but ids to a live one: its words are not the authors'.
    A retraction stated by any record of the report counts.
    """
    ranked = by_precedence(group)
    best = ranked[0]
    if len(group) == 1:
        return best.article, best, []
    live = [report for report in ranked if report.article.source != "starter"] or ranked
    full = next((report for report in live if report.article.has_full_text), None)
    full = full or next((report for report in live if report.form == "jats"), best)
    pmid, pmcid, doi = (first_of(ranked, ids) for ids in (pmids, pmcids, dois))
    article = msgspec.structs.replace(
        with_body(best.article.article, full.article.article),
        article_id=article_id_of(pmid, pmcid, doi) or best.article.article_id,
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        is_retracted=any(report.article.article.is_retracted for report in live),
    )
    return hold(article), best, [report for report in ranked if report not in (best, full)]


def first_of(ranked: Group, ids: Callable[[Group], set[str]]) -> str | None:
    """The id of the best record that has one."""
    return next((name for report in ranked for name in ids([report])), None)


def duplicate(report: HeldReport, article: HeldArticle, best: HeldReport) -> ParseProblem:
    reason = f"duplicate of {article.article_id} in {best.article.raw_file}"
    return problem(report.article.raw_file, reason, report.article.article_id)


def by_precedence(group: Group) -> Group:
    """Best record first: live before starter, PubMed's metadata before JATS, then the source."""
    ranked = sorted(group, key=later, reverse=True)
    return sorted(
        ranked,
        key=lambda report: (
            report.article.source == "starter",
            report.form in ("jats", "text"),
            SOURCE_RANK[report.article.source],
        ),
    )


def with_body(article: Article, full: Article) -> Article:
    """`article` with the body and licence of `full`, and the front parts it has none of itself."""
    if full == article:
        return article
    own = [section for section in article.sections if section.kind not in BODY_KINDS]
    missing = set(FRONT_KINDS) - {section.kind for section in own}
    taken: list[Section] = [s for s in full.sections if s.kind in (*missing, *BODY_KINDS)]
    return msgspec.structs.replace(
        article,
        affiliations=article.affiliations or full.affiliations,
        has_full_text=full.has_full_text,
        licence=full.licence or article.licence,
        raw_file=f"{article.raw_file} + {full.raw_file}" if taken else article.raw_file,
        sections=(*own, *taken),
    )


def with_distinct_ids(chosen: list[Chosen]) -> list[Chosen]:
    """Sorted by article_id; files of the same name get a part of their text's checksum added."""
    seen: set[str] = set()
    result: list[Chosen] = []
    for article, best, rest in sorted(chosen, key=lambda c: (c[0].article_id, c[0].raw_file)):
        name = article.article_id
        if name in seen:
            name = f"{name}~{article.article.text_sha256[:8]}"
            article = changed(article, article_id=name)
        seen.add(name)
        result.append((article, best, rest))
    return sorted(result, key=lambda c: c[0].article_id)
