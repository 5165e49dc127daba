"""Articles held as bytes are the articles that were given."""

from __future__ import annotations

import msgspec

from pipeline.answers import starter_articles
from pipeline.held_articles import Articles, held_articles, hold

GIVEN = list(starter_articles().values())[:5]


def test_held_articles_are_decoded_as_they_were() -> None:
    articles = Articles(held_articles(GIVEN))
    assert list(articles) == GIVEN
    assert articles[1] == GIVEN[1]
    assert list(articles[1:3]) == GIVEN[1:3]
    assert len(articles) == len(GIVEN)


def test_what_is_held_already_is_not_encoded_again() -> None:
    articles = Articles(held_articles(GIVEN))
    assert held_articles(articles) is articles.held


def test_the_checksum_of_the_text_is_not_that_of_the_record() -> None:
    """A record that PubMed revised keeps the checksum of what is read from it."""
    article = GIVEN[0]
    revised = hold(msgspec.structs.replace(article, year=1999))
    (section, *others) = article.sections
    reworded = msgspec.structs.replace(section, text=f"{section.text} More.")
    changed = hold(msgspec.structs.replace(article, sections=(reworded, *others)))
    held = hold(article)
    assert revised.sections_sha256 == held.sections_sha256 != changed.sections_sha256
    assert len({held.sha256, revised.sha256, changed.sha256}) == 3
