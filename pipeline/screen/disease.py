"""Which disease the own patients of a report have: the disease, a lesser form of it, another.

Reads a Reading and a Profile, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.screen.evidence import (
    DIAGNOSIS_WEIGHT,
    OWN_WEIGHT,
    TITLE_WEIGHT,
    TOPIC_WEIGHT,
    Evidence,
    evidence_of,
    heaviest,
    is_compared,
    total,
)
from pipeline.screen.profile import Profile
from pipeline.screen.reading import Reading
from pipeline.screen.text import can_stand, headings_of, with_short_forms
from pipeline.screen.verdict import Verdict, included

LEAST_WEIGHT = 3.0


def target_of(reading: Reading, profile: Profile) -> list[Evidence]:
    """The evidence for the disease itself, under any of its names."""
    patterns = (profile.names, profile.generalized)
    return [e for pattern in patterns for e in evidence_for(pattern, reading)]


def rival_of(reading: Reading, profile: Profile) -> list[Evidence]:
    """The evidence for the one look-alike that weighs most."""
    rivals = (evidence_for(pattern, reading) for pattern in profile.look_alikes)
    return max(rivals, key=total, default=[])


def evidence_for(pattern: re.Pattern[str], reading: Reading) -> list[Evidence]:
    """The evidence for a name and for the abbreviation that the report defines for it; the few
    names of which a word stands anywhere in the report are looked for in its sentences."""
    if not can_stand(pattern, reading.lower):
        return []
    named = with_short_forms(pattern, reading.sentences)
    return evidence_of(named, reading.sentences, reading.own)


def disease_verdict(reading: Reading, profile: Profile, target: Sequence[Evidence]) -> Verdict:
    """Included, localized, other disease or mere mention, with the words that decided."""
    counted = [item for item in target if item.is_counted]
    if counted:
        return included(reading, counted[0])
    rival = rival_of(reading, profile)
    local = evidence_of(profile.localized, reading.sentences, reading.own)
    if is_localized(target, local):
        return Verdict(profile.reason_localized, heaviest(local))
    if is_outweighed(target, rival):
        return Verdict("other_disease", heaviest(rival))
    vague = evidence_of(profile.ambiguous, reading.sentences, reading.own)
    if is_told(target, vague, rival):
        return included(reading, heaviest(target))
    if total(vague) >= LEAST_WEIGHT and total(vague) > total(rival):
        return vague_verdict(reading, profile, heaviest(vague))
    if total(target) >= LEAST_WEIGHT and total(target) > total(rival):
        return included(reading, heaviest(target))
    if is_only_name(target, vague, rival):
        return included(reading, heaviest(target))
    if not (target or vague or rival) and is_headed(reading, profile):
        return included(reading, None)
    is_other = total(rival) >= LEAST_WEIGHT or not (target or vague)
    evidence = heaviest(rival) or heaviest(target) or heaviest(vague)
    return Verdict("other_disease" if is_other else "mention_only", evidence)


def is_headed(reading: Reading, profile: Profile) -> bool:
    """True where a heading names the disease that no sentence names."""
    return any(
        not is_compared(heading[: found.start()], heading[found.end() :])
        for heading in headings_of(reading.article)
        for pattern in (profile.names, profile.generalized)
        for found in pattern.finditer(heading)
    )


def is_told(
    target: Sequence[Evidence], vague: Sequence[Evidence], rival: Sequence[Evidence]
) -> bool:
    """The disease is in the title or is the diagnosis, or is the topic more than any other."""
    best = heaviest(target)
    if best is None or best.weight < TOPIC_WEIGHT:
        return False
    return best.weight > TOPIC_WEIGHT or total(target) > max(total(vague), total(rival))


def is_only_name(
    target: Sequence[Evidence], vague: Sequence[Evidence], rival: Sequence[Evidence]
) -> bool:
    """Told of the own patient, if once and in passing, and no other name weighs as much: '… CD34
    was positive: scleromyxedema'."""
    best = heaviest(target)
    others = max(total(vague), total(rival))
    return best is not None and best.weight >= OWN_WEIGHT and total(target) > others


def is_outweighed(target: Sequence[Evidence], rival: Sequence[Evidence]) -> bool:
    """Another disease is the patients': it stands in the title alone, or weighs more."""
    ours, other = heaviest(target), heaviest(rival)
    if other is None or other.weight < TOPIC_WEIGHT:
        return False
    if ours is None or ours.weight < TOPIC_WEIGHT:
        return total(rival) > total(target)
    if ours.weight >= TITLE_WEIGHT:
        return False
    if ours.weight == DIAGNOSIS_WEIGHT and not any(e.weight == DIAGNOSIS_WEIGHT for e in rival):
        return False
    if other.weight >= TITLE_WEIGHT and ours.weight < DIAGNOSIS_WEIGHT:
        return True
    return total(rival) > total(target)


def is_localized(target: Sequence[Evidence], local: Sequence[Evidence]) -> bool:
    """A localized form is the patients': in the title alone, or named more as the diagnosis."""
    ours, other = heaviest(target), heaviest(local)
    if other is None or other.weight < LEAST_WEIGHT:
        return False
    is_ours_titled = ours is not None and ours.weight >= TITLE_WEIGHT
    if other.weight >= TITLE_WEIGHT:
        return not is_ours_titled or total(local) > total(target)
    return not is_ours_titled and total(local) >= total(target)


def vague_verdict(reading: Reading, profile: Profile, best: Evidence | None) -> Verdict:
    """A name of two forms: extent, sclerosis and paraprotein decide, not the name."""
    text = reading.titles + " " + reading.own_text
    generalized = len({m.group().lower() for m in profile.extent_generalized.finditer(text)})
    localized = len({m.group().lower() for m in profile.extent_localized.finditer(text)})
    is_old = reading.article.year is not None and reading.article.year < profile.ambiguous_until
    if generalized > localized or (generalized == localized and (is_old or generalized > 1)):
        return included(reading, best)
    return Verdict(profile.reason_localized, best)
