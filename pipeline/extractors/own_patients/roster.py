"""What is known of each patient of a series, to resolve words like 'the woman' or 'the younger'.

Reads marks in the order of the report, writes nothing but its own memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from pipeline.extractors.own_patients.ages_told import ages_listed, marks_in, sexes_listed
from pipeline.extractors.own_patients.marks import Mark, letter_marks
from pipeline.language.folding import fold
from pipeline.records import Statement

PRONOUN = re.compile(r"(?:[\w-]+, )?(?P<word>He|She|His|Her|he|she)\b(?! (?:or|and) )")
PRONOUNS = {"he": "male", "his": "male", "she": "female", "her": "female"}


@dataclass
class Roster:
    """The labels of a report with the age and the sex that the text has told of each so far."""

    labels: tuple[str, ...]
    introduced: int = 0
    has_names: bool = False
    ages: dict[str, int] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)

    def enter(self, label: str, age_years: float | None, sex: str) -> None:
        """Note what a table tells of a patient; one without an age is introduced by the text."""
        if age_years is not None:
            self.ages[label] = int(age_years)
        if sex:
            self.sexes[label] = sex
        self.introduced = len(self.ages)

    def learn_list(self, text: str) -> None:
        """Note ages and sexes of 'two men, 52 and 67 years old', in the order of the labels."""
        ages = ages_listed(text)
        if len(ages) == len(self.labels) and not self.ages:
            self.ages = dict(zip(self.labels, ages, strict=True))
            self.introduced = len(ages)
            sexes = sexes_listed(text)
            if len(sexes) == len(ages):
                self.sexes = dict(zip(self.labels, sexes, strict=True))

    def marks_of(self, text: str) -> list[Mark]:
        """The marks of a text that name patients of this report, in order."""
        return self.resolved(self.marks_in(text))

    def marks_in(self, text: str) -> Sequence[Mark]:
        """The marks of a text, with the bare letters where the patients are called by letters."""
        marks = marks_in(text)
        if not any(label.isalpha() for label in self.labels):
            return marks
        letters = [
            letter
            for letter in letter_marks(fold(text))
            if set(letter.labels) <= set(self.labels)
            and not any(mark.start < letter.end and letter.start < mark.end for mark in marks)
        ]
        return sorted([*marks, *letters], key=lambda mark: mark.start)

    def learn_named(self, marks: Sequence[Mark]) -> None:
        """Note 'the first two patients, a man of 62 and a woman of 54' in their order."""
        named = next((m for m in marks if len(m.labels) > 1), None)
        told = [m for m in marks if m.is_new and m.age is not None]
        if named is None or len(told) != len(named.labels):
            return
        for label, mark in zip(named.labels, told, strict=True):
            if label in self.labels:
                self.learn(label, mark)

    def resolved(self, marks: Sequence[Mark]) -> list[Mark]:
        """The marks with the labels of this report; words that could mean several are left out.

        Each new age introduces the next patient; where a sentence names the patient, an age in
        it is that patient's.
        """
        named = next((m for m in marks if m.is_name), None)
        kept = []
        for mark in marks:
            labels = self.labels_of(mark, named)
            if labels is not None:
                kept.append(msgspec.structs.replace(mark, labels=labels))
        self.has_names |= named is not None and not named.is_one
        return kept

    def labels_of(self, mark: Mark, named: Mark | None) -> tuple[str, ...] | None:
        if mark.is_name:
            return self.labels_named(mark)
        if mark.is_all:
            return self.labels if self.introduced == len(self.labels) else None
        if mark.age is not None:
            return self.label_of_age(mark, named)
        if named is not None:
            return None
        return self.label_of_person(mark)

    def labels_named(self, mark: Mark) -> tuple[str, ...]:
        """'One … the other' names nobody once the patients are known by other words; of two of
        whom only the first is known, the other is the second."""
        is_second_of_two = self.introduced == 1 and mark.labels == self.labels[1:]
        is_known = self.has_names or (self.introduced and self.ages)
        if mark.is_one and is_known and not is_second_of_two:
            return ()
        known = tuple(label for label in mark.labels if label in self.labels)
        self.introduced = max(self.introduced, *(self.labels.index(k) + 1 for k in known), 0)
        return known

    def label_of_age(self, mark: Mark, named: Mark | None) -> tuple[str, ...] | None:
        """The patient of that age, else the next one; None where a name beside it decides."""
        if named is not None:
            if len(named.labels) == 1 and named.labels[0] in self.labels:
                self.learn(named.labels[0], mark)
            return None
        known = [label for label, age in self.ages.items() if age == mark.age]
        if mark.is_another and self.introduced < len(self.labels):
            known = []
        if len(known) > 1 and mark.sex:
            known = [label for label in known if self.sexes.get(label) in (mark.sex, None)]
        if not known and mark.is_new and self.introduced >= len(self.labels):
            known = self.near(mark)
        if len(known) == 1:
            self.learn(known[0], mark)
            return (known[0],)
        if not mark.is_new or self.introduced >= len(self.labels):
            return None
        self.introduced += 1
        label = self.labels[self.introduced - 1]
        self.learn(label, mark)
        return (label,)

    def near(self, mark: Mark) -> list[str]:
        """Those a year younger or older, and of no other sex: the same patient at another date."""
        return [
            label
            for label, age in self.ages.items()
            if mark.age is not None
            and abs(age - mark.age) <= 1
            and (not mark.sex or self.sexes.get(label, mark.sex) == mark.sex)
        ]

    def learn(self, label: str, mark: Mark) -> None:
        if mark.age is not None:
            self.ages.setdefault(label, mark.age)
        if mark.sex:
            self.sexes.setdefault(label, mark.sex)

    def label_of_pronoun(
        self, statement: Statement, current: tuple[str, ...]
    ) -> tuple[str, ...] | None:
        """'He' where the one spoken of last is a woman, or all were, and one man is known."""
        found = PRONOUN.match(statement.text)
        sex = PRONOUNS[found["word"].lower()] if found else ""
        if not sex or (len(current) == 1 and self.sexes.get(current[0], sex) == sex):
            return None
        known = tuple(label for label in self.labels if self.sexes.get(label) == sex)
        is_sure = len(self.sexes) == len(self.labels) and len(known) == 1
        return known if is_sure else None

    def label_of_person(self, mark: Mark) -> tuple[str, ...] | None:
        """'The woman' where there is one, 'the younger' of two whose ages are known."""
        if mark.rank == "last":
            return self.labels[-mark.count :] if len(self.labels) > mark.count else None
        if mark.rank and len(self.ages) == len(self.labels) > 1:
            by_age = sorted(self.labels, key=lambda label: self.ages[label])
            return (by_age[0] if mark.rank == "young" else by_age[-1],)
        if mark.rank and len(self.labels) == 2:
            return None
        known = tuple(label for label in self.labels if self.sexes.get(label) == mark.sex)
        is_number = len(known) == mark.count or (mark.count == 0 and len(known) > 1)
        is_sure = is_number and len(self.sexes) == len(self.labels)
        return known if mark.sex and is_sure else None
