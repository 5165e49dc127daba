"""Figures of a series: counts in digits, words and percentages, means, and what must not count."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.cohorts import extract
from pipeline.extractors.own_patients.patients import attribute
from pipeline.extractors.series.quantities import quantities_in, whole_share
from pipeline.language.reader import Reader
from pipeline.records import Article, Draft, Section
from pipeline.rules import bundled_rules

START = "We reviewed ten patients with scleromyxedema. "


@cache
def reader() -> Reader:
    return Reader(bundled_rules())


def drafts(text: str) -> list[Draft]:
    section = Section(section="abstract", kind="abstract", text=text)
    article = Article(
        article_id="FILE:x", title="", source="import", raw_file="", sections=(section,)
    )
    read = attribute(reader().read(article), bundled_rules())
    found = extract(read, bundled_rules(), [])
    for draft in found:
        assert text[draft.start : draft.end].strip()
        assert (draft.patient, draft.subject) == (None, "patient")
    return found


def figures(text: str) -> dict[str, str]:
    """The value of each variable, without 'cohort:' and the number of patients."""
    found = {d.field.removeprefix("cohort:"): d.value for d in drafts(text)}
    return {name: value for name, value in found.items() if name != "patients"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A paraprotein was found in nine of the ten patients.", {"paraprotein": "n=9;N=10"}),
        ("Monoclonal gammopathy was detected in 7 patients.", {"paraprotein": "n=7"}),
        ("All patients except one had a paraprotein.", {"paraprotein": "n=9"}),
        ("Every patient had a monoclonal gammopathy.", {"paraprotein": "n=10"}),
        ("Neurologic (30%) and cardiac (20%) manifestations were present.",
         {"neurologic": "n=3", "cardiovascular": "n=2"}),
        ("Dysphagia was present in 4/10 patients.", {"gastrointestinal": "n=4;N=10"}),
        ("Eight of the ten were given IVIG.", {"ivig:treated": "n=8;N=10"}),
        ("Thalidomide was administered to three patients.", {"thalidomide:treated": "n=3"}),
        ("Complete remission was achieved in 4 and partial remission in 3 patients.", {}),
        ("Thalidomide produced complete remission in 4 and partial remission in 3 patients.",
         {"thalidomide:complete": "n=4", "thalidomide:partial": "n=3"}),
        ("Two patients died.", {"deaths": "n=2"}),
        ("Dysphagia 4 (40%), neurological 3 (30%).",
         {"gastrointestinal": "n=4", "neurologic": "n=3"}),
        ("One of our patients died.", {"deaths": "n=1"}),
        ("Dysphagia and dyspnea were reported in six and four patients, respectively.",
         {"gastrointestinal": "n=6", "pulmonary": "n=4"}),
        ("All patients had a monoclonal gammopathy (IgG lambda in six, IgG kappa in four).",
         {"paraprotein": "n=10", "igg_lambda": "n=6"}),
        ("Organs involved were CNS (n=3) and GI (n=2).",
         {"neurologic": "n=3", "gastrointestinal": "n=2"}),
        ("The disease proved fatal in 3 of the treated.", {"deaths": "n=3"}),
        ("Immunofixation revealed IgG-lambda (5 patients) and IgG-kappa (2 patients).",
         {"igg_lambda": "n=5", "paraprotein": "n=7"}),
        ("Dysphagia occurred in half.", {"gastrointestinal": "n=5"}),
        ("Seven of them had their eyes examined.", {}),
        ("No deaths occurred.", {"deaths": "n=0"}),
        ("Cinco pacientes recibieron talidomida.", {"thalidomide:treated": "n=5"}),
        ("Deux patients sont décédés.", {"deaths": "n=2"}),
        ("Interstitial lung disease: 4 (40%).", {"pulmonary": "n=4"}),
        ("Women made up 30%.", {"female": "n=3", "male": "n=7;N=10"}),
        ("Six were treated with thalidomide (CR 2, PR 3).",
         {"thalidomide:treated": "n=6", "thalidomide:complete": "n=2",
          "thalidomide:partial": "n=3"}),
        ("Five patients received IVIG, of whom 2 had a complete and 1 a partial response.",
         {"ivig:treated": "n=5", "ivig:complete": "n=2", "ivig:partial": "n=1"}),
        ("Two underwent autologous stem cell transplantation, both with complete remission.",
         {"autologous_sct:treated": "n=2", "autologous_sct:complete": "n=2"}),
        ("There were six men and four women.", {"male": "n=6", "female": "n=4"}),
        ("The male/female ratio was 7:3.", {"male": "n=7", "female": "n=3"}),
        ("In all cases, gammopathy (7 of IgG lambda and 3 of IgG kappa type) was found.",
         {"paraprotein": "n=10", "igg_lambda": "n=7"}),
        ("Monoclonal gammopathy, mostly of the IgG lambda type, was found in 8 patients.",
         {"paraprotein": "n=8"}),
        ("Joint disease (arthralgia in four, contractures in three) was common.", {}),
        ("Six (60%) had dysphagia and two (20%) had dyspnea.",
         {"gastrointestinal": "n=6", "pulmonary": "n=2"}),
        ("Six (60%) had dysphagia, 2 (20%) dyspnea and none renal disease.",
         {"gastrointestinal": "n=6", "pulmonary": "n=2"}),
        ("M-protein: IgG lambda 7, IgG kappa 2. Organs: dysphagia 4, myopathy 3.",
         {"igg_lambda": "n=7", "paraprotein": "n=9", "gastrointestinal": "n=4",
          "musculoskeletal": "n=3"}),
        ("All had a monoclonal gammopathy (IgG lambda, 8; IgG kappa, 2).",
         {"paraprotein": "n=10", "igg_lambda": "n=8"}),
        ("All patients had myalgia, and three arthralgia.", {"musculoskeletal": "n=10"}),
        ("Eight patients received a drug, including intravenous immunoglobulins (IVIg) n = 6 (60%)"
         " and thalidomide n = 2 (20%).",
         {"ivig:treated": "n=6", "thalidomide:treated": "n=2"}),
        ("Four of nine patients responded to plasmapheresis.", {"plasmapheresis:treated": "n=9"}),
        ("The paraprotein was IgG lambda in 6 patients.", {"igg_lambda": "n=6"}),
        ("Two died, one of sepsis and one of heart failure.", {"deaths": "n=2"}),
        ("Two died, of sepsis and of heart failure.", {"deaths": "n=2"}),
        ("Three had musculoskeletal disease (arthralgia 30%, joint contractures 20%).",
         {"musculoskeletal": "n=3"}),
        ("Three were treated with thalidomide and two with melphalan without further benefit after"
         " a partial improvement with prednisone.",
         {"thalidomide:treated": "n=3", "melphalan:treated": "n=2"}),
        ("Treatments: IVIg (n=6), thalidomide (n=3).",
         {"ivig:treated": "n=6", "thalidomide:treated": "n=3"}),
        ("Neurological symptoms: 3/10. Dysphagia: 2/10. Death: 1/10.",
         {"neurologic": "n=3;N=10", "gastrointestinal": "n=2;N=10", "deaths": "n=1;N=10"}),
        ("Thalidomide produced clinical improvement in 4 of 5 patients.",
         {"thalidomide:treated": "n=5"}),
        ("Three had failed IVIG and two thalidomide.",
         {"ivig:treated": "n=3", "thalidomide:treated": "n=2"}),
        ("Three have stable disease and one has died.", {"deaths": "n=1"}),
        ("All had a monoclonal gammopathy, in five of IgG lambda type.",
         {"paraprotein": "n=10", "igg_lambda": "n=5"}),
        ("Todos tenían gammapatía monoclonal. Fallecieron dos pacientes.",
         {"paraprotein": "n=10", "deaths": "n=2"}),
        ("Une gammapathie monoclonale IgG lambda était présente chez 7 malades.",
         {"paraprotein": "n=7", "igg_lambda": "n=7"}),
        ("Bei allen Patienten bestand eine monoklonale Gammopathie.", {"paraprotein": "n=10"}),
        ("Três doentes foram tratados com talidomida.", {"thalidomide:treated": "n=3"}),
        ("All had IgG monoclonal gammopathy (lambda in 80%).",
         {"paraprotein": "n=10", "igg_lambda": "n=8"}),
        ("Dysphagia 4, neuro 3, pulmonary 2, cardiac 1. Treatments: IVIG 6, steroids 3.",
         {"gastrointestinal": "n=4", "neurologic": "n=3", "pulmonary": "n=2",
          "cardiovascular": "n=1", "ivig:treated": "n=6",
          "systemic_corticosteroid:treated": "n=3"}),
        ("Five had dysphagia, three neurologic and one disabling joint disease.",
         {"gastrointestinal": "n=5", "neurologic": "n=3", "musculoskeletal": "n=1"}),
        ("A gammopathy was found in every patient but one.", {"paraprotein": "n=9"}),
        ("Both patients of one family responded to thalidomide.", {}),
        ("All patients responded to thalidomide.", {"thalidomide:treated": "n=10"}),
        ("Five patients received thalidomide. All had failed two drugs (IVIG in 4). The three"
         " survivors had a complete response.",
         {"thalidomide:treated": "n=5", "ivig:treated": "n=4", "thalidomide:complete": "n=3"}),
        ("Dix malades ont été traités par immunoglobulines intraveineuses et trois par"
         " lénalidomide.", {"ivig:treated": "n=10", "lenalidomide:treated": "n=3"}),
        ("Two patients are in complete remission on thalidomide.",
         {"thalidomide:complete": "n=2"}),
    ],
)  # fmt: skip
def test_counts(sentence: str, expected: dict[str, str]) -> None:
    found = figures(START + sentence)
    assert found == {name: f"statistic=count;{value}" for name, value in expected.items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "Thalidomide was offered to three patients.",
        "Arthralgia was noted in 25%.",
        "The ratio of men/women was 1.5.",
        "Hematologic complete responses were seen in 4 patients.",
        "There was no treatment-related mortality.",
        "Marked improvement of dysphagia was seen in 4 patients.",
        "Monoclonal gammopathy was found in 12 of 11 patients.",
        "Treatment lasted for three years.",
        "In the literature, 5 of 26 patients died.",
        "Miller et al. found dysphagia in 5 patients.",
        "Arthralgia 30 %, contractures 40 %.",
        "The manifestations were musculoskeletal (arthralgia 30%, joint contractures 40%).",
        "The causes of death were pneumonia and cardiac disease in 3 patients.",
        "A complete hematologic response was achieved in all patients.",
        "Malignancies included lung cancer in two patients.",
        "Three patients were started on either thalidomide or melphalan.",
        "Severe dysphagia was ameliorated in 4 patients.",
        "Leukemia attributed to the drug was seen in 2 patients.",
        "Dysphagia was improved in the others.",
        "Thalidomide led to some improvement in 4 patients.",
        "Six of the ten were older, and most had dysphagia.",
        "The mean age was similar with and without a paraprotein (60.7 vs 55.9 years).",
    ],
)
def test_what_is_no_figure_of_the_series(sentence: str) -> None:
    assert figures(START + sentence) == {}


def test_of_a_mixed_cohort_only_those_with_the_disease_are_counted() -> None:
    found = drafts(
        "We studied 47 patients with mucinoses. Scleredema was the commonest diagnosis (19). "
        "Two of the scleredema patients had dysphagia. The six patients with scleromyxedema were "
        "four men and two women. Four of them received IVIG."
    )
    values = {d.field.removeprefix("cohort:"): d.value for d in found}
    assert values["patients"] == "statistic=count;n=6"
    assert values["ivig:treated"] == "statistic=count;n=4"
    assert "gastrointestinal" not in values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We treated 20 patients with mucinoses: 12 with scleromyxedema and 8 with scleredema. A"
         " paraprotein was found in 11 of the 12 patients with scleromyxedema and in 3 with"
         " scleredema.", {"patients": 12, "paraprotein": 11}),
        ("Forty-one patients received IVIG: 20 with dermatomyositis, 12 with pemphigus and 9 with"
         " scleromyxedema. Of the patients with scleromyxedema, six had a complete response.",
         {"patients": 9, "ivig:complete": 6}),
        ("We treated 23 patients: 10 with cutaneous T-cell lymphoma, 10 with morphea and 3 with"
         " scleromyxedema. All three patients with scleromyxedema had dysphagia. Two patients with"
         " lymphoma died.", {"patients": 3, "gastrointestinal": 3}),
        ("Three patients had scleromyxedema and three the localized form, of six patients in all."
         " Two of the three patients with scleromyxedema were men. The patients with the localized"
         " form were all women.", {"patients": 3, "male": 2, "female": 1}),
        ("In a literature review 47 patients given thalidomide were identified; half died. We"
         " reviewed 6 patients with scleromyxedema. One patient died.",
         {"patients": 6, "deaths": 1}),
        ("Eight patients with scleromyxedema were seen. Two were excluded. Of the remaining 6"
         " patients, 4 were women.", {"patients": 6, "female": 4, "male": 2}),
        ("We identified 16 patients with the diagnosis and an additional 4 patients who met the"
         " criteria for scleromyxedema.", {"patients": 20}),
        ("The present report describes 35 patients with scleromyxedema. Two patients died.",
         {"patients": 35, "deaths": 2}),
        ("We identified 5 patients with scleromyxedema treated with thalidomide and 3 patients who"
         " received IVIG.", {"patients": 8, "thalidomide:treated": 5, "ivig:treated": 3}),
        ("We saw 26 patients with scleromyxedema. Of these, 17 were referred only; the remaining"
         " nine were treated by us and are reported here. Six were men.",
         {"patients": 9, "male": 6, "female": 3}),
        ("Lenalidomide, which we recently reported in 18 patients, is effective. We reviewed 15"
         " patients with scleromyxedema. Two patients died.", {"patients": 15, "deaths": 2}),
        ("Ten patients with scleromyxedema were seen. There were seven women and three men. Nine"
         " were adults and one was a 4-year-old child.", {"patients": 10, "female": 7, "male": 3}),
        ("Los autores revisan 9 pacientes con escleromixedema. Falleció un paciente.",
         {"patients": 9, "deaths": 1}),
        ("Six cases of scleromyxedema were studied (4 females and 2 males, 35-71 years old).",
         {"patients": 6, "male": 2, "female": 4}),
    ],
)  # fmt: skip
def test_the_number_of_those_with_the_disease(text: str, expected: dict[str, int]) -> None:
    found = {d.field.removeprefix("cohort:"): d.value for d in drafts(text)}
    counts = {name: int(value.split("n=")[1].split(";")[0]) for name, value in found.items()}
    assert counts == expected


def test_a_case_report_has_no_figures() -> None:
    assert drafts("A 57-year-old woman was seen. Two papules were present in 3 patients.") == []


def test_the_number_of_patients_has_its_words() -> None:
    text = START + "Eight of the ten received IVIG."
    (patients,) = [draft for draft in drafts(text) if draft.field == "cohort:patients"]
    assert patients.value == "statistic=count;n=10"
    assert text[patients.start : patients.end] == "ten patients"


def test_the_other_sex_is_the_rest() -> None:
    found = figures(START + "Ten patients were included (7 males).")
    assert found == {"male": "statistic=count;n=7", "female": "statistic=count;n=3;N=10"}


def test_a_drug_of_several_regimens_is_added_up() -> None:
    found = figures(
        "We report eight patients treated with lenalidomide and dexamethasone (n = 5); bortezomib "
        "and dexamethasone (n = 1); daratumumab and lenalidomide (n = 2)."
    )
    assert found["lenalidomide:treated"] == "statistic=count;n=7"
    assert found["bortezomib:treated"] == "statistic=count;n=1"


def test_two_manifestations_of_an_organ_may_be_the_same_people() -> None:
    """Carpal tunnel syndrome in 30% and seizures in 20% give no number for the nervous system."""
    assert figures(START + "Carpal tunnel syndrome (30%) and seizures (20%) occurred.") == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The mean age was 59 years (range, 30 to 80 years).",
         {"statistic=mean;value=59", "statistic=range_low;value=30",
          "statistic=range_high;value=80"}),
        ("The average age of the six men and 4 women was 58.5 years.",
         {"statistic=mean;value=58.5"}),
        ("The mean (SD) age was 61.2 (9.4) years.", {"statistic=mean;value=61.2"}),
        ("Ages ranged from 31 years to 70 years, with a mean of 54 years.",
         {"statistic=mean;value=54", "statistic=range_low;value=31",
          "statistic=range_high;value=70"}),
        ("They were 40-71 years old, and the median follow-up was 24 months.", set()),
        ("The median age at diagnosis was 55.5 years.", {"statistic=median;value=55.5"}),
    ],
)  # fmt: skip
def test_averages_of_age(sentence: str, expected: set[str]) -> None:
    found = {d.value for d in drafts(START + sentence) if d.field == "cohort:age"}
    assert found == expected


def test_follow_up_is_given_in_months() -> None:
    assert figures(START + "Mean follow-up was 3 years.") == {
        "follow_up_months": "statistic=mean;value=36"
    }


@pytest.mark.parametrize(
    ("percent", "total", "n"),
    [("90", 30, 27), ("23.3", 30, 7), ("25", 33, None), ("73", 33, 24), ("33", None, None)],
)
def test_a_percentage_counts_only_as_a_whole_number(
    percent: str, total: int | None, n: int | None
) -> None:
    assert whole_share(percent, total) == n


@given(st.text(alphabet="0123456789 of%()/patients", max_size=60), st.integers(1, 40))
def test_no_quantity_exceeds_its_denominator(text: str, total: int) -> None:
    for quantity in quantities_in(text, total):
        assert 0 <= quantity.n <= (quantity.denominator or total)


def test_men_and_women_are_added_up() -> None:
    text = "Five men and three women, aged 41-72 years, with scleromyxedema received thalidomide."
    values = {d.field.removeprefix("cohort:"): d.value for d in drafts(text)}
    assert values["patients"] == "statistic=count;n=8"


def test_six_of_the_patients_with_the_disease_are_not_all_who_have_it() -> None:
    text = (
        "Ten patients with scleromyxedema were compared with 20 controls. Dysphagia was reported by"
        " 6 of the patients with scleromyxedema."
    )
    values = {d.field.removeprefix("cohort:"): d.value for d in drafts(text)}
    assert values["patients"] == "statistic=count;n=10"


def test_a_part_of_the_series_does_not_give_its_sexes_and_ages() -> None:
    text = (
        "We studied 42 patients with scleromyxedema. These 5 patients (4 women) without a"
        " paraprotein had a median age of 47 years."
    )
    values = {d.field.removeprefix("cohort:"): d.value for d in drafts(text)}
    assert not {"female", "male", "age"} & set(values)


def test_a_patient_collective_is_no_patient() -> None:
    text = (
        "This retrospective study summarises four patients with scleromyxedema. The mean age of "
        "the four patients (three women and one man) was 48 years. The drug that helped most in "
        "this patient collective was bortezomib."
    )
    assert set(figures(text)) == {"age", "female", "male"}


def test_an_average_behind_the_span_of_ages() -> None:
    text = "We saw five patients with scleromyxedema (44-76 years of age, average 61)."
    assert "statistic=mean;value=61" in [d.value for d in drafts(text)]


@pytest.mark.parametrize(
    ("sentence", "men", "women"),
    [
        ("The male-to-female ratio was 1.5:1.", 6, 4),
        ("The female:male ratio was 4:1.", 2, 8),
        ("The sex ratio was 1.5.", 6, 4),
    ],
)
def test_a_ratio_that_only_one_pair_gives_tells_men_and_women(
    sentence: str, men: int, women: int
) -> None:
    found = figures(START + sentence)
    assert found["male"].startswith(f"statistic=count;n={men}")
    assert found["female"].startswith(f"statistic=count;n={women}")


@pytest.mark.parametrize("sentence", ["The sex ratio was 1.7.", "The ratio was 1.5."])
def test_a_ratio_of_no_pair_or_of_nobody_tells_nothing(sentence: str) -> None:
    assert not {"male", "female"} & set(figures(START + sentence))


def test_a_french_series_with_decimal_commas() -> None:
    text = (
        "Nous avons colligé les cas de scléromyxœdème vus en France. Trente malades ont été inclus"
        " (âge médian : 55,5 ans ; sex-ratio = 1,5)."
    )
    assert figures(text) == {
        "age": "statistic=median;value=55.5",
        "male": "statistic=count;n=18",
        "female": "statistic=count;n=12",
    }


def test_figures_of_the_literature_are_not_those_of_the_own_patients() -> None:
    text = (
        "We reviewed 114 cases from the literature. The mean age was 55 years and 57 patients were"
        " men. Our own five patients (three women) with scleromyxedema had a mean age of 60 years."
    )
    assert figures(text) == {
        "age": "statistic=mean;value=60",
        "female": "statistic=count;n=3",
        "male": "statistic=count;n=2;N=5",
    }


def test_the_average_of_a_mixed_cohort_is_not_that_of_the_disease() -> None:
    text = (
        "In this study of 30 patients, 4 had scleromyxedema. The mean age was 52 years. In the four"
        " patients with scleromyxedema the mean follow-up was 2 years."
    )
    assert figures(text) == {"follow_up_months": "statistic=mean;value=24"}


def test_a_later_mean_is_of_something_else() -> None:
    text = START + "The mean age was 52 years. Relapses came after 1 to 3 years (mean 24.2 months)."
    assert figures(text) == {"age": "statistic=mean;value=52"}
