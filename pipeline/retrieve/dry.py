"""A dry run: counts of every search and of its parts, and what a run would take. Writes nothing."""

from __future__ import annotations

import math

from pipeline.retrieve.entrez import Client
from pipeline.retrieve.manifest import Manifest
from pipeline.retrieve.pace import REQUESTS_PER_SECOND, REQUESTS_PER_SECOND_WITH_KEY
from pipeline.retrieve.plan import Plan
from pipeline.retrieve.runs import now_text
from pipeline.retrieve.search import ask_ids, search_ids
from pipeline.retrieve.summary import Refresh, dry_refresh
from pipeline.settings import Settings


def dry_run(plan: Plan, client: Client, settings: Settings) -> Refresh:
    """Ask for counts, part by part, and estimate what a run would take."""
    manifest = Manifest(settings.extracted_dir / "raw" / "manifest.jsonl")
    started_on = now_text()
    answers = [search_ids(client, "pubmed", "pubmed", plan.term("pubmed"))]
    if plan.pmc:
        answers.append(search_ids(client, "pmc", "pmc", plan.term("pmc")))
    for answer in answers:
        client.report(f"Search {answer.name}: {answer.count:,} records.")
        for warning in answer.warnings:
            client.report(f"Search {answer.name}: {warning}")
    for branch in plan.pubmed if len(plan.pubmed) > 1 else ():
        count = ask_ids(client, "pubmed", branch.term).count
        client.report(f"  part {branch.name}: {count:,} records.")
    n_new = len(set(answers[0].ids) - set(manifest.stored("pubmed")))
    n_requests = len(answers) + 1 + math.ceil(n_new / client.pace.batch_size)
    has_key = bool(settings.ncbi_api_key)
    rate = REQUESTS_PER_SECOND_WITH_KEY if has_key else REQUESTS_PER_SECOND
    client.report(
        f"A run would fetch {n_new:,} new records in about {n_requests} requests"
        f" at {rate} a second, and one request for each full text."
    )
    return dry_refresh(answers, started_on, client.n_requests, n_new)
