"""The extraction against the annotated facts: a drop fails the build; the scorer is tried too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline import evaluate as evaluation
from pipeline.answers import bundled_extractor, starter_articles
from pipeline.answers import evaluate as evaluate_command
from pipeline.arguments import make_parser
from pipeline.evaluate import Evaluation, lines_of_readings
from pipeline.evaluate.ablation import ABLATIONS, Ablation
from pipeline.evaluate.accuracy import readings
from pipeline.evaluate.scoring import Counts, Score, calibration, paired, score_report
from pipeline.evaluate.values import FIELDS, LABEL_AGGREGATE, GoldReport, Values, make_values
from pipeline.extractors import EXTRACTORS
from pipeline.files import UnreadableFileError
from pipeline.given import NothingGivenError
from pipeline.intervals import wilson
from pipeline.parse.plain import read_plain
from pipeline.rules import bundled_rules, read_disease
from pipeline.screen import screen
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold" / "dev.jsonl"
HARD_FIELDS = ("responses", "outcome", "organs_absent")


@pytest.fixture(scope="module")
def evaluated() -> Evaluation:
    profile = read_disease("scleromyxedema")
    return evaluation.evaluate(
        starter_articles(),
        evaluation.read_gold(GOLD),
        lambda article: screen(article, profile),
        bundled_extractor(),
        bundled_rules(),
    )


def test_all_annotated_reports_are_in_the_starter_corpus(evaluated: Evaluation) -> None:
    assert evaluated.reports == 75


def test_micro_f1_does_not_drop(evaluated: Evaluation) -> None:
    assert (evaluated.pipeline.micro.f1 or 0) >= 0.97


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_drops(evaluated: Evaluation, field: str) -> None:
    floor = 0.92 if field in HARD_FIELDS else 0.95
    assert (evaluated.pipeline.counts[field].f1 or 0) >= floor


def test_the_rules_add_what_plain_term_lists_lack(evaluated: Evaluation) -> None:
    ours = evaluated.pipeline.micro.f1 or 0
    assert len(evaluated.baselines) == 2
    for name, score in evaluated.baselines.items():
        assert ours - (score.micro.f1 or 0) >= 0.15, name


def test_screening_keeps_every_eligible_report(evaluated: Evaluation) -> None:
    counts = evaluated.screening_counts
    assert counts["included"] / counts["eligible"] >= 0.98
    assert counts["excluded"] / counts["ineligible"] >= 0.90


def test_the_table_names_every_field_and_both_baselines(evaluated: Evaluation) -> None:
    text = "\n".join(evaluation.lines_of(evaluated))
    for field in (*FIELDS, "all (micro)", "terms + medspaCy", "sensitivity"):
        assert field in text


def test_without_episodes_what_is_refused_counts_and_later_sentences_do_not() -> None:
    text = (
        "A 61-year-old man had scleromyxedema. IVIG was refused. He was given thalidomide. "
        "After a year the papules had cleared completely."
    )
    article = read_plain(text, "x", "").article
    (whole,) = bundled_extractor()(article).patients
    (bare,) = bundled_extractor(ABLATIONS["without episodes"])(article).patients
    assert [(e.therapy, e.response) for e in whole.therapies] == [("thalidomide", "complete")]
    told = [(e.therapy, e.response) for e in bare.therapies]
    assert told == [("ivig", "not_reported"), ("thalidomide", "not_reported")]


@pytest.mark.parametrize("ablation", ABLATIONS.values(), ids=list(ABLATIONS))
def test_an_ablation_takes_the_place_of_extractors_that_exist(ablation: Ablation) -> None:
    assert set(ablation.instead) <= {name for name, _ in EXTRACTORS}


@pytest.mark.slow
def test_every_part_brings_something() -> None:
    profile = read_disease("scleromyxedema")
    lines = evaluation.ablation_lines(
        starter_articles(),
        evaluation.read_gold(GOLD),
        lambda article: screen(article, profile),
        bundled_extractor,
        bundled_rules(),
    )
    _, whole, *without = [line.rsplit(maxsplit=1) for line in lines]
    assert [name.split("  ")[0] for name, _ in without] == list(ABLATIONS)
    for name, f1 in without:
        assert float(f1) < float(whole[1]) - 0.01, name


def test_the_gold_facts_are_those_of_the_annotators() -> None:
    shared = ROOT.parent / "shared" / "gold" / "dev.jsonl"
    if not shared.exists():
        pytest.skip("the annotated material beside the project is absent")
    assert GOLD.read_bytes() == shared.read_bytes()


@pytest.mark.parametrize(
    ("line", "said"), [("{", "line 2 is not JSON"), ("{}", "line 2 is no annotated publication")]
)
def test_a_line_that_is_no_annotation_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "gold.jsonl"
    first = GOLD.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=said):
        evaluation.read_gold(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"id": "D001"}', '{"id": "a", "text": 3}'])
def test_a_file_that_is_no_report_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"a\.json is no report"):
        evaluation.read_texts(tmp_path, lambda *given: read_plain(*given).article)


@pytest.mark.parametrize("folder", ["missing", "."])
def test_texts_without_an_annotation_are_no_score_of_zero(tmp_path: Path, folder: str) -> None:
    options = make_parser().parse_args(["evaluate", "--texts", str(tmp_path / folder)])
    with pytest.raises(NothingGivenError, match="No annotated report has a text in"):
        evaluate_command(options, Settings())


def patient(label: str, **known: object) -> Values:
    values: dict[str, object] = {
        "ages": [], "sex": None, "status": None, "heavy": [], "light": [], "disorder": None,
        "present": [], "absent": [], "episodes": (), "outcome": None,
    }  # fmt: skip
    return make_values(label, **{**values, **known})  # type: ignore[arg-type]


def gold(*patients: Values) -> GoldReport:
    return GoldReport(
        "X", "", None, None, "case_report", True, None, "abstract", None, patients,
        Values(LABEL_AGGREGATE, {}),
    )  # fmt: skip


def scored(expected: list[Values], found: list[Values]) -> Score:
    score = Score()
    score_report(score, gold(*expected), found, Values(LABEL_AGGREGATE, {}))
    return score


def test_a_wrong_value_counts_as_wrong_and_as_missed() -> None:
    score = scored([patient("1", sex="male")], [patient("1", sex="female")])
    assert score.counts["sex"] == Counts(right=0, wrong=1, missed=1)


def test_what_is_not_told_is_neither_right_nor_missed() -> None:
    score = scored([patient("1")], [patient("1")])
    assert score.micro == Counts()
    assert score.micro.f1 is None


def test_a_response_not_told_is_no_value_but_its_therapy_is() -> None:
    episodes = (("ivig", "not_reported"),)
    score = scored([patient("1", episodes=episodes)], [patient("1", episodes=episodes)])
    assert score.counts["therapies"] == Counts(right=1)
    assert score.counts["responses"] == Counts()


def test_the_same_drug_twice_counts_twice() -> None:
    two = (("ivig", "none"), ("ivig", "complete"))
    score = scored([patient("1", episodes=two)], [patient("1", episodes=two[:1])])
    assert score.counts["therapies"] == Counts(right=1, missed=1)
    assert score.counts["responses"] == Counts(right=1, missed=1)


def test_readings_count_what_is_told_and_what_is_read() -> None:
    """A fact all patients have measures no specificity; a patient not found is not read."""
    told = [
        patient("1", present=["renal"], outcome="dead", sex="male"),
        patient("2", present=[], outcome=None, sex="male"),
        patient("3", present=["ocular"], outcome="dead", sex="male"),
    ]
    read = [patient("1", present=["renal"], outcome=None), patient("2", present=["renal"]), None]
    counted = readings(zip(told, read, strict=True))
    assert list(lines_of_readings(counted, "three texts")) == [
        "variable,n_found,n_true,n_left_out,n_false,measured_on",
        "deaths,0,2,1,1,three texts",
        "extracutaneous,1,2,0,1,three texts",
        "ocular,0,1,2,2,three texts",
        "renal,1,1,1,2,three texts",
    ]


def test_patients_are_paired_by_what_agrees() -> None:
    first, second = patient("1", sex="male"), patient("2", sex="female")
    swapped = [patient("1", sex="female"), patient("2", sex="male")]
    pairs = {(e.label, f.label) for e, f in paired([first, second], swapped) if e and f}
    assert pairs == {("1", "2"), ("2", "1")}


def test_a_patient_too_many_is_wrong_in_all_it_says() -> None:
    score = scored([], [patient("1", sex="male", present=["renal"])])
    assert score.micro == Counts(wrong=2)


def test_wilson_interval_is_the_published_one() -> None:
    """27 of 30: 0.744 to 0.965 (known answer)."""
    interval = wilson(27, 30)
    assert interval is not None
    assert interval == pytest.approx((0.744, 0.965), abs=0.0005)


def test_calibration_counts_each_value_once() -> None:
    bins = calibration([(0.97, True), (0.92, True), (0.92, False), (0.2, False)])
    assert Counter({name: total for name, _, total in bins}).total() == 4
    assert ("0.90-0.95", 1, 2) in bins
