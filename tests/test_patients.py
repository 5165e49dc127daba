"""Own patients: how many there are, who is told apart, and which statement is whose."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.extractors.own_patients.patients import attribute
from pipeline.language.reader import Reader
from pipeline.records import Article, Report, Section
from pipeline.rules import bundled_rules


@cache
def reader() -> Reader:
    return Reader(bundled_rules())


def report(*texts: str, title: str = "", headings: tuple[str | None, ...] = ()) -> Report:
    sections = [Section(section="title", kind="title", text=title)] if title else []
    for number, text in enumerate(texts):
        heading = headings[number] if headings else None
        sections.append(
            Section(section=f"abstract-{number}", kind="abstract", title=heading, text=text)
        )
    article = Article(
        article_id="FILE:x", title=title, source="import", raw_file="", sections=tuple(sections)
    )
    return attribute(reader().read(article), bundled_rules())


def owners(read: Report, words: str) -> tuple[str, ...]:
    """The labels of the statement that holds the words."""
    return next(s.patients for s in read.statements if words in s.text)


def test_patients_numbered_beyond_99_are_told_apart_and_a_dose_is_no_number() -> None:
    """As one patient they would share age, death and treatment."""
    read = report(
        "Patient 101 was a 61-year-old woman with scleromyxedema. She died. Patient 102 was a "
        "45-year-old man with scleromyxedema, who got no better under thalidomide. Patients 101 "
        "and 102 had dysphagia."
    )
    assert owners(read, "She died") == ("101",)
    assert owners(read, "thalidomide") == ("102",)
    assert owners(read, "dysphagia") == ("101", "102")
    read = report("A 61-year-old man had scleromyxedema. We gave the patient 100 mg thalidomide.")
    assert owners(read, "thalidomide") == ("1",)


def test_a_case_report_has_one_patient_and_the_background_is_nobodys() -> None:
    read = report(
        "Scleromyxedema is a rare disease that may involve the lungs. "
        "A 57-year-old woman had dysphagia. She received thalidomide."
    )
    assert (read.labels, read.patient_count) == (("1",), 1)
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "lungs") == ()


def test_a_case_report_that_says_nothing_of_its_patient_still_has_one() -> None:
    read = report(
        "Scleromyxedema is a rare disease.", title="Scleromyxedema: a case report and review"
    )
    assert (read.labels, read.patient_count) == (("1",), 1)


def test_a_review_has_no_patient() -> None:
    read = report(
        "Scleromyxedema is a rare disease. Treatment options include melphalan.",
        title="Scleromyxedema: a review",
    )
    assert (read.labels, read.patient_count) == ((), None)


def test_a_series_told_as_a_whole_has_a_number_and_no_labels() -> None:
    read = report("We reviewed ten patients with scleromyxedema. Eight of the ten received IVIG.")
    assert (read.labels, read.patient_count) == ((), 10)


@pytest.mark.parametrize(
    "text",
    [
        "We report two patients. Case 1: A man had dysphagia. Case 2: A woman had seizures.",
        "We report two patients. The first patient had dysphagia, whereas the second patient had"
        " seizures.",
        "We report two patients. The first patient had dysphagia. The second had seizures."
        " The second patient died.",
        "We report a 57-year-old woman who had dysphagia and a 45-year-old man who had seizures."
        " Both patients improved.",
        "We describe two cases: one patient had dysphagia and the other patient had seizures.",
        "We report two cases. Patient 1 had dysphagia; patient 2 had seizures.",
        "Presentamos dos casos. El primer paciente tenía dysphagia. El segundo paciente tenía"
        " seizures.",
    ],
)
def test_the_patients_of_a_series_are_told_apart(text: str) -> None:
    read = report(text)
    assert read.patient_count == 2
    assert owners(read, "dysphagia") == (read.labels[0],)
    assert owners(read, "seizures") == (read.labels[1],)


def test_section_headings_name_the_patient() -> None:
    read = report(
        "A woman presented with dysphagia. She improved.",
        "A man presented with seizures. He died.",
        headings=("Case 1", "Case 2"),
    )
    assert read.labels == ("1", "2")
    assert owners(read, "improved") == ("1",)
    assert owners(read, "died") == ("2",)


def test_a_pronoun_keeps_the_patient_spoken_of_last() -> None:
    read = report(
        "We report two patients. The first patient had dysphagia. She received thalidomide. "
        "The second patient had seizures. He received melphalan."
    )
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "melphalan") == ("2",)


def test_what_is_said_of_both_goes_to_both_and_of_one_of_them_to_nobody() -> None:
    read = report(
        "We report two patients. Both patients had dysphagia; one also had seizures. "
        "The first patient received thalidomide. The second patient received melphalan."
    )
    assert owners(read, "dysphagia") == ("1", "2")
    assert owners(read, "seizures") == ()


def test_a_fact_after_its_mark_belongs_to_the_mark_before() -> None:
    read = report(
        "We report two patients. The first patient was a man. The second patient was a woman. "
        "The lesions cleared in the first patient and recurred in the second patient."
    )
    assert owners(read, "cleared") == ("1",)
    assert owners(read, "recurred") == ("2",)


def test_what_is_told_respectively_goes_to_each_in_turn() -> None:
    read = report(
        "We report two patients. The first patient was a man. The second patient was a woman. "
        "Both had dysphagia and were treated with thalidomide and melphalan, respectively."
    )
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "melphalan") == ("2",)
    assert owners(read, "dysphagia") == ("1", "2")


def test_a_list_of_another_length_is_not_shared_out() -> None:
    read = report(
        "We report three cases. Patient 1 died. Patient 2 died. Patient 3 died. "
        "The patients had a complete and partial response, respectively."
    )
    assert owners(read, "complete and partial") == ()


@pytest.mark.parametrize(
    "text",
    [
        "We report a 57-year-old woman and a 45-year-old man. The woman had dysphagia. The man had"
        " seizures.",
        "We looked after two sisters, 61 and 40 years old. The elder had dysphagia. The younger had"
        " seizures.",
        "We report two men, aged 70 and 52 years. The 70-year-old man had dysphagia. The"
        " 52-year-old man had seizures.",
        "Descrevem-se duas doentes. A primeira, de 39 anos, tinha dysphagia. A segunda doente, de"
        " 72 anos, tinha seizures.",
        "Two sisters are reported. The elder, aged 62, had dysphagia. The younger, 58, had"
        " seizures.",
        "A brother (51) and sister (48) had papules. The brother had dysphagia; the sister had"
        " seizures.",
        "Two cases are presented. In the first, a man of 49, dysphagia was noted. In the second, a"
        " woman of 63, seizures occurred.",
        "We describe two men. The first, a 63-year-old farmer, had dysphagia. The second was a man"
        " of 48 with seizures.",
    ],
)
def test_sex_age_and_rank_tell_who_is_meant(text: str) -> None:
    read = report(text)
    assert read.patient_count == 2
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "seizures") == ("2",)


def test_the_other_is_the_second_while_only_the_first_is_known() -> None:
    read = report(
        "We report two cases. The first case was a 72-year-old man with dysphagia. The other case"
        " was a 62-year-old man with seizures."
    )
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "seizures") == ("2",)


def test_the_younger_sister_of_a_report_on_sisters_is_no_relative() -> None:
    read = report(
        "We report two sisters, aged 58 and 63 years. The younger sister had dysphagia. The elder"
        " sister had seizures."
    )
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "seizures") == ("2",)


def test_one_and_the_other_name_nobody_once_the_patients_are_known() -> None:
    read = report(
        "We report a 57-year-old woman and a 45-year-old man. One had dysphagia, the other died."
    )
    assert owners(read, "dysphagia") == ()


def test_what_one_woman_of_both_also_had_is_hers() -> None:
    read = report(
        "We report a 57-year-old woman and a 45-year-old man. Both had dysphagia, the woman also"
        " had seizures."
    )
    assert owners(read, "dysphagia") == ("1", "2")
    assert owners(read, "seizures") == ("1",)


def test_two_values_of_one_patient_told_respectively_stay_with_her() -> None:
    read = report(
        "We report two patients. The first patient was a woman. Her IgG and IgM were 20 and 1 g/l,"
        " respectively. The second patient was a man."
    )
    assert owners(read, "IgM were 20") == ("1",)


def test_the_first_three_and_the_fourth() -> None:
    read = report(
        "Four cases are reported. Patient 1 was a man. Patient 2 was a man. Patient 3 was a man. "
        "Patient 4 was a man. A paraprotein was found in the first three, whereas in the fourth"
        " immunofixation was negative."
    )
    assert owners(read, "paraprotein") == ("1", "2", "3")
    assert owners(read, "negative") == ("4",)


def test_one_patient_named_in_passing_is_not_described() -> None:
    read = report("We reviewed five patients. All had dysphagia. The fifth patient died.")
    assert (read.labels, read.patient_count) == ((), 5)


def test_those_enrolled_count_not_those_screened() -> None:
    assert report("Nine patients were screened and seven enrolled.").patient_count == 7


def test_of_a_mixed_cohort_those_with_the_disease_count() -> None:
    read = report(
        "We studied 28 patients with mucinosis. Two of the 28 patients had scleromyxedema."
    )
    assert read.patient_count == 2


def test_a_statement_cut_in_two_keeps_its_offsets() -> None:
    text = "We report two patients. The first patient had dysphagia and the second patient died."
    for statement in report(text).statements:
        assert text[statement.start : statement.end] == statement.text


@pytest.mark.parametrize("heads", [("1er cas", "2e cas"), ("1º caso", "2º caso")])
def test_numbered_cases_are_told_apart_by_their_number(heads: tuple[str, str]) -> None:
    read = report(
        "Nous rapportons ici deux formes cliniques de scléromyxœdème.",
        "Un homme de 43 ans avait des papules.",
        "Un homme de 50 ans avait une dysphagie.",
        headings=(None, *heads),
    )
    assert read.labels == ("1", "2")
    assert owners(read, "43 ans") == ("1",)
    assert owners(read, "dysphagie") == ("2",)


def test_a_list_of_ages_goes_on_with_one_more_person() -> None:
    read = report(
        "Three patients, two women aged 52 and 66 years and a man aged 70 years, all with a"
        " paraprotein (lambda in two), were given thalidomide.",
        title="Thalidomide in scleromyxedema",
    )
    assert read.labels == ("1", "2", "3")
    assert owners(read, "paraprotein") == ("1", "2", "3")
    assert owners(read, "lambda") == ()
    assert owners(read, "thalidomide") == ("1", "2", "3")


def test_a_relative_named_as_a_case_is_the_patient() -> None:
    read = report(
        "Case 1. A man of 45 years had papules. Case 2. His brother, aged 50, had dysphagia.",
        title="Scleromyxedema in two brothers",
    )
    assert owners(read, "dysphagia") == ("2",)


def test_what_was_found_in_neither_is_told_of_both() -> None:
    read = report(
        "Two women aged 41 and 53 years with scleromyxedema were treated. A paraprotein was not"
        " found in either.",
    )
    assert owners(read, "paraprotein") == ("1", "2")


def test_one_man_and_one_woman_are_both() -> None:
    read = report(
        "We report two patients, one male (57 years) and one female (64 years), with a paraprotein."
        " In both, the skin cleared."
    )
    assert owners(read, "paraprotein") == ("1", "2")
    assert owners(read, "cleared") == ("1", "2")


def test_one_and_the_other_of_two_whose_ages_are_known_are_nobody() -> None:
    read = report(
        "Two men (ages 39 and 44) had seizures. One had a kappa, the other a lambda paraprotein."
    )
    assert owners(read, "seizures") == ("1", "2")
    assert owners(read, "kappa") == ()


def test_an_abbreviation_names_the_disease_of_a_mixed_cohort() -> None:
    read = report(
        "In all, 28 patients were enrolled, including two SM and 18 with other mucinoses."
    )
    assert read.patient_count == 2


def test_ten_of_nineteen_had_the_disease() -> None:
    read = report(
        "Nineteen patients were studied; ten had scleromyxedema and nine localized forms."
    )
    assert read.patient_count == 10


def test_the_disease_was_diagnosed_in_three_of_many() -> None:
    read = report(
        "We saw 52 patients with mucinoses; scleromyxedema was diagnosed in 3, scleredema in 20."
    )
    assert read.patient_count == 3


def test_a_limit_of_age_is_nobodys() -> None:
    read = report("In total, 31 patients were seen. Three of the patients were under 20 years old.")
    assert (read.patient_count, read.labels) == (31, ())


def test_those_who_fulfilled_the_criteria_count_of_those_reviewed() -> None:
    read = report(
        "Of the 34 patients whose records were reviewed, 25 fulfilled all criteria. All patients"
        " had papules."
    )
    assert read.patient_count == 25


def test_a_response_reported_in_three_cases_is_of_all_three() -> None:
    read = report(
        "We report a response to photopheresis in three cases of scleromyxedema. The first patient"
        " was seen in May. A third patient was mildly affected."
    )
    assert owners(read, "photopheresis") == ("1", "2", "3")


def test_each_patient_is_every_patient() -> None:
    read = report(
        "We describe a man aged 60 and a woman aged 55. The woman had dysphagia. Each patient was"
        " given thalidomide."
    )
    assert owners(read, "thalidomide") == ("1", "2")


@pytest.mark.parametrize(
    ("denial", "denied"),
    [("the woman had none", True), ("the man had none", False), ("the woman had nodules", False)],
)
def test_what_the_other_had_none_of_is_denied(denial: str, denied: bool) -> None:
    read = report(
        f"We describe a man aged 60 and a woman aged 55. The man had dysphagia; {denial}."
    )
    found = [m for s in read.statements for m in s.of("organs") if m.is_negated]
    assert [m.text for m in found] == ["had none"] * denied


def test_all_but_one_are_the_others() -> None:
    read = report(
        "We report three cases. Patient 1 was a man. Patient 2 was a man. Patient 3 was a man. All"
        " but patient 3 improved. Each except patient 1 died."
    )
    assert owners(read, "improved") == ("1", "2")
    assert owners(read, "died") == ("2", "3")


def test_the_second_and_third_patients_and_the_latter_two() -> None:
    read = report(
        "The first patient was a 50-year-old man with dysphagia. The second and third patients,"
        " women of 61 and 66 years, had seizures. The latter two were given thalidomide. The last"
        " two cycles were followed by fever."
    )
    assert read.labels == ("1", "2", "3")
    assert owners(read, "seizures") == ("2", "3")
    assert owners(read, "thalidomide") == ("2", "3")


def test_the_men_of_four_patients_are_all_of_them() -> None:
    read = report(
        "We report four patients: three men (48, 57 and 72 years) and a woman (64 years). The woman"
        " had dysphagia. The men had seizures."
    )
    assert owners(read, "dysphagia") == ("4",)
    assert owners(read, "seizures") == ("1", "2", "3")


def test_two_sisters_with_their_ages_are_the_patients() -> None:
    read = report("Two sisters, 44 and 48 years old, had scleromyxedema without dysphagia.")
    found = [m for s in read.statements for m in s.of("organs")]
    assert [(m.text, m.is_family, m.is_negated) for m in found] == [("dysphagia", False, True)]


def test_the_two_women_of_three_patients() -> None:
    read = report(
        "We report two women (62 and 47 years) and one man (55 years). Thalidomide was given to all"
        " three. The two women had dysphagia; the man had seizures. The two men died."
    )
    assert owners(read, "Thalidomide") == ("1", "2", "3")
    assert owners(read, "dysphagia") == ("1", "2")
    assert owners(read, "seizures") == ("3",)
    assert owners(read, "died") == ()


def test_what_is_told_behind_a_sentence_about_all_is_of_all_unless_it_is_of_one() -> None:
    read = report(
        "We report a 57-year-old woman and a 45-year-old man. Both had dysphagia. No paraprotein"
        " was found. One also had arthralgia. He had seizures."
    )
    assert owners(read, "paraprotein") == ("1", "2")
    assert owners(read, "arthralgia") == ()
    assert owners(read, "seizures") == ("2",)  # 'he' means the only man


def test_he_names_nobody_where_two_men_are_known() -> None:
    read = report(
        "We report a 57-year-old man and a 45-year-old man. Both had dysphagia. He had seizures."
    )
    assert owners(read, "seizures") == ()


def test_a_list_of_drugs_with_numbers_is_not_shared_out() -> None:
    read = report(
        "We report three patients. Patient 1 was a man. Patient 2 was a man. Patient 3 was a man."
        " IVIG was combined with prednisone in all patients, methotrexate in two patients and"
        " thalidomide in one patient, respectively."
    )
    assert owners(read, "prednisone") == ("1", "2", "3")
    assert owners(read, "methotrexate") == owners(read, "thalidomide") == ()


def test_both_died_of_one_cause_each() -> None:
    read = report(
        "We report a 57-year-old woman and a 45-year-old man. Both patients died, of sepsis and"
        " stroke, respectively."
    )
    assert owners(read, "died") == ("1", "2")
    assert owners(read, "stroke") == ("2",)


def test_numbers_of_patients_in_brackets_stay_with_their_sentence() -> None:
    read = report(
        "We report three patients. Two men (patients 1 and 2) and one woman (patient 3) (aged 51,"
        " 66 and 52 years, respectively) had dysphagia."
    )
    assert read.labels == ("1", "2", "3")
    assert owners(read, "dysphagia") == ("1", "2", "3")


@pytest.mark.parametrize(
    ("other", "labels"),
    [
        ("a woman of 45 years with localized lichen myxedematosus", ("1",)),
        ("a woman of 45 years with scleromyxedema", ("1", "2")),
        ("a woman of 45 years with scleromyxedema, once taken for localized lichen"
         " myxedematosus", ("1", "2")),
    ],
)  # fmt: skip
def test_a_patient_with_the_localized_form_is_none_of_the_series(
    other: str, labels: tuple[str, ...]
) -> None:
    read = report(f"We report a man of 60 years with scleromyxedema and {other}. The woman died.")
    assert (read.labels, read.patient_count) == (labels, len(labels))
    assert owners(read, "died") == labels[1:]


def test_in_a_report_that_names_no_disease_nobody_is_left_out() -> None:
    read = report("Case 1. A man of 60 years had scleredema. Case 2. A woman had scleredema.")
    assert read.labels == ("1", "2")


def test_another_woman_of_the_same_age_is_another_patient() -> None:
    read = report(
        "We report four patients: a woman of 63, a man of 65, a woman of 43 and another woman of"
        " 63. The eruption cleared with bortezomib."
    )
    assert (read.labels, read.patient_count) == (("1", "2", "3", "4"), 4)
    assert owners(read, "bortezomib") == ()


def test_the_days_of_a_cycle_count_no_patients() -> None:
    read = report(
        "We report two patients who received lenalidomide (25 mg on days 1-21 of 28) and"
        " dexamethasone. The first, a man of 62, had papules."
    )
    assert owners(read, "dexamethasone") == ("1", "2")


def test_a_case_report_that_reviews_others_has_one_patient() -> None:
    read = report(
        "It is a rare disorder with only 82 cases reported. Four had dysphagia. Eleven cases"
        " (including our own) were available for review. A case is presented that was treated with"
        " thalidomide.",
        title="Scleromyxedema: a case report and review of the literature",
    )
    assert (read.labels, read.patient_count) == (("1",), 1)
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "dysphagia") == ()


def test_their_median_age_is_that_of_the_series() -> None:
    read = report("Twelve patients with scleromyxedema were seen. Their median age was 50 years.")
    assert (read.labels, read.patient_count) == ((), 12)


def test_neither_serum_nor_urine_is_not_of_both_patients() -> None:
    read = report(
        "We saw two women. The first, 44, had papules. Neither serum nor urine held a paraprotein."
        " The second, 71, had seizures. Neither had dysphagia nor dyspnoea."
    )
    assert owners(read, "paraprotein") == ("1",)
    assert owners(read, "dyspnoea") == ("1", "2")


def test_the_third_did_not_respond_is_of_the_third() -> None:
    read = report(
        "We report three men. In the first two the skin cleared. The third did not respond to"
        " photopheresis."
    )
    assert owners(read, "photopheresis") == ("3",)


def test_what_is_told_of_both_behind_them_is_of_both() -> None:
    read = report(
        "Two patients, a 50-year-old woman with dysphagia and a 62-year-old man with seizures, both"
        " with a paraprotein, were given thalidomide. The man died."
    )
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "seizures") == ("2",)
    assert owners(read, "paraprotein") == ("1", "2")
    assert owners(read, "died") == ("2",)


def test_what_the_authors_did_is_no_single_patient() -> None:
    read = report(
        "In an open trial six patients with scleromyxedema (four men) received cyclophosphamide."
        " The score fell in one. We gave up the trial."
    )
    assert (read.labels, read.patient_count) == ((), 6)


def test_a_relative_does_not_end_a_case_told_in_the_present() -> None:
    read = report(
        "A 62-year-old woman presents with papules. Her sister has lupus. The catheter shows"
        " pulmonary hypertension."
    )
    assert owners(read, "hypertension") == ("1",)


def test_their_eight_patients_are_the_other_authors() -> None:
    read = report(
        "Smith and Jones wrote on it in 1980; their 8 patients had papules and a paraprotein."
        " Our patient, a man aged 79, received thalidomide."
    )
    assert (read.labels, read.patient_count) == (("1",), 1)


def test_two_patients_behind_a_colon_are_told_apart() -> None:
    read = report(
        "We describe two patients: a 47-year-old man with dysphagia and a 50-year-old woman with"
        " seizures. The man died."
    )
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "seizures") == ("2",)
    assert owners(read, "died") == ("1",)
