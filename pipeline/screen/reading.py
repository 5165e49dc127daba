"""A report read for screening: which of its sentences tell of own patients, and of how many.

Reads an Article, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.expressions import Expressions
from pipeline.language.numbers import number_of_words
from pipeline.language.tense import is_past
from pipeline.records import Article
from pipeline.screen import cues
from pipeline.screen.text import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A report read for screening: its sentences and which of them tell of own patients.

    `lower` is the whole in lower case.
    """

    article: Article
    sentences: list[Sentence]
    own: frozenset[int]
    titles: str
    types: str
    lower: str

    @property
    def own_text(self) -> str:
        return " ".join(self.sentences[index].text for index in sorted(self.own))

    @property
    def body(self) -> str:
        return " ".join(s.text for s in self.sentences if not s.is_title)


def reading_of(article: Article) -> Reading:
    sentences = sentences_of(article)
    titles = " | ".join(s.text for s in sentences if s.is_title)
    return Reading(
        article=article,
        sentences=sentences,
        own=own_sentences(sentences),
        titles=titles,
        types=" | ".join(article.publication_types).lower(),
        lower="\n".join(s.text for s in sentences).lower(),
    )


def own_sentences(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Sentences that tell of own patients: by their own words, or by following such a one."""
    own, is_told = set(), False
    for index, sentence in enumerate(sentences):
        if sentence.is_title:
            continue
        if is_own(sentence):
            own.add(index)
            is_told = True
        elif cues.REPORTED_BY_OTHERS.search(sentence.text):
            is_told = False
        elif is_told and is_past(sentence.text) and not GENERAL.search(sentence.text):
            own.add(index)
    return frozenset(own)


GENERAL = re.compile(
    r"\b(?:is|are|may|can|usually|typically|often|generally|literature|classified|et al)\b",
    re.IGNORECASE,
)


def is_own(sentence: Sentence) -> bool:
    if cues.REPORTED_BY_OTHERS.search(sentence.text):
        return False
    if cues.OWN_REPORTED.search(sentence.text):
        return True
    if cues.CITED.search(sentence.text):
        return False
    if cues.AGED_PERSON.search(sentence.text):
        return True
    is_told = cues.SERIES.search(sentence.text) or cues.ONE_PERSON.search(sentence.text)
    return bool(is_told) and not cues.VAGUE.search(sentence.text)


COUNTED = re.compile(
    rf"(?<!% )(?<!maioria )(?<!parte )(?<!tercos )(?<!metade )(?P<n>\b{cues.COUNT})(?!["
    rf" -]{{0,2}}(?:jahr|year|yr|month|week|day|ans?\b|anos))(?: "
    rf"|-)(?:[\w'-]+ ){{0,5}}?(?:patients|cases|pacientes|casos|malades"
    rf"|patientinnen|patienten|falle|men|women|individuals|adults|kranke|patientes"
    rf"|sisters|brothers|siblings|twins|doentes|instances|observations)\b",
    re.IGNORECASE,
)
# The same, tried only where a number stands and one of the nouns.
COUNTS = Expressions([COUNTED.pattern])
PLURAL = re.compile(
    r"\b(?:both|these|our|all|the) (?:\w+ )?(?:patients|cases)\b|\bcase (?:no\.? )?2\b"
    r"|\bpatient (?:no\.? )?2\b|\bsecond (?:patient|case)\b|\b(?:patients|cases) were\b"
    r"|\bcase series\b|\b(?:treated|report on|studied|describe) (?:\w+ )?patients\b"
    r"|\bof \w+ cases (?:diagnosed|seen)\b",
    re.IGNORECASE,
)


def own_count(reading: Reading) -> int | None:
    """How many own patients: the title's number, else that of the sentences that report them.

    2 stands for 'both patients' and other plurals without a number; None where nothing is said.
    """
    told = [reading.sentences[i].text for i in sorted(reading.own)]
    own = [text for text in told if not cues.OTHERS_COUNTED.search(text)]
    reported = [text for text in own if cues.OWN_REPORTED.search(text)]
    for texts in ([reading.titles], reported, [t for t in own if not cues.CITED.search(t)]):
        counts = [number for text in texts for number in numbers_of_patients(text)]
        if counts:
            return max(counts)
    is_plural = any(
        PLURAL.search(text) and "literature" not in text for text in [reading.titles, *own]
    )
    return 2 if is_plural else None


def numbers_of_patients(text: str) -> list[int]:
    words = [found["n"].lower() for _, found in COUNTS.find(text)]
    return [int(word) if word.isdigit() else number_of_words(word) or 1 for word in words]
