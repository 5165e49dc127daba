"""Screening decides as the annotation guideline says, from title and abstract alone.

Every text here is our own. Measured on the gold facts by `python -m pipeline evaluate`.
"""

from __future__ import annotations

import copy

import msgspec
import pytest

from pipeline.records import Article, Screening, Section
from pipeline.rules import read_disease
from pipeline.screen import ProfileError, screen, screen_all

PROFILE = read_disease("scleromyxedema")


def article(title: str, abstract: str = "", **fields: object) -> Article:
    sections = [Section(section="title", kind="title", text=title)]
    if abstract:
        sections.append(Section(section="abstract", kind="abstract", text=abstract))
    values: dict[str, object] = {"article_id": "FILE:x", "source": "import", "raw_file": ""}
    values.update(fields, title=title, sections=tuple(sections))
    return Article(**values)  # type: ignore[arg-type]


def decide(title: str, abstract: str = "", **fields: object) -> Screening:
    return screen(article(title, abstract, **fields), PROFILE)


OWN_PATIENT = [
    ("Successful treatment of scleromyxedema with lenalidomide", ""),
    ("Hard skin with a gammopathy",
     "A patient was referred as systemic sclerosis. Final diagnosis: scleromyxedema."),
    ("Atypical lichen myxedematosus",
     "A form intermediate between localised lichen myxedematosus and scleromyxedema is described in"
     " a woman with an IgG kappa gammopathy."),
    ("Scleromyxedema treated with melphalan",
     "Scleromyxedema is a rare mucinosis. We report a 57-year-old woman whose skin softened."),
    ("Waxy papules and stiff hands",
     "A 61-year-old man had waxy papules. Biopsy led to a diagnosis of scleromyxedema."),
    ("A stiff face: quiz", "A 50-year-old man had papules. The diagnosis is scleromyxoedema."),
    ("Hard skin taken for systemic sclerosis",
     "A 48-year-old woman was treated for systemic sclerosis. The biopsy showed mucin, and"
     " scleromyxedema was diagnosed. Infusions of immunoglobulin helped her."),
    ("Generalised lichen myxoedematosus without paraprotein",
     "We describe a man of 41 years with widespread papules on indurated skin."),
    ("Papular mucinosis with myeloma",
     "A 55-year-old woman had a generalized eruption with leonine facies and an IgG paraprotein."),
    ("Atypical scleromyxedema with hypothyroidism",
     "We present a patient with scleromyxedema who also had thyroid disease."),
    ("Scleromyxedema: a case report and review of the literature",
     "Scleromyxedema is a rare disease. Its treatment is reviewed."),
    ("Escleromixedema con afectación pulmonar",
     "Presentamos el caso de una mujer de 52 años con escleromixedema tratada con talidomida."),
    ("Escleromixedema tratado com imunoglobulina", "Relatamos um paciente de 47 anos."),
    ("Scléromyxœdème et gammapathie", "Nous rapportons le cas d'une femme de 59 ans."),
    ("Skleromyxödem mit Enzephalopathie", "Wir berichten über einen 67-jährigen Patienten."),
    ("Reply to a letter on scleromyxedema",
     "We read with interest the letter on thalidomide. We treated a 60-year-old woman with"
     " scleromyxedema in whom thalidomide failed."),
    ("Scleromyxedema coexisting with dermatomyositis",
     "A 46-year-old woman with dermatomyositis developed scleromyxedema."),
    ("Encephalopathy after influenza",
     "Dermato-neuro syndrome is a complication of scleromyxedema. Our patient, a man of 58 known to"
     " have scleromyxedema, became comatose."),
    ("Photo quiz: thick forehead",
     "A 58-year-old woman had a furrowed brow. What is the diagnosis? A. Leprosy. B. Scleredema."
     " C. Scleromyxedema. D. Systemic sclerosis. The answer is C: scleromyxedema. Leprosy can give"
     " a leonine face. Scleredema spares the hands."),
    ("Clinicopathological challenge: papules with diffuse sclerosis",
     "A man in his 60s had tight skin and papules on the face, arms and neck. Diagnosis: Lichen"
     " myxedematosus."),
    ("Resident rounds: scleromyxedema, a rare disorder with a monoclonal gammopathy",
     "A 72-year-old man presented to the clinic with a generalized rash. The biopsy was consistent"
     " with a diagnosis of scleromyxedema. Scleromyxedema is idiopathic. Its treatment is reviewed"
     " here."),
    ("Photopheresis and prednisolone in scleromyxedema",
     "Introduction. Scleromyxedema is a consequence of mucin deposits. Case report. A 46 year-old"
     " woman was hospitalized for scleromyxedema. Comments. There is no consensus on guidelines."),
    ("Scleromyxedema: an update for the practising physician",
     "Scleromyxedema is a chronic disorder. In this article we report a typical case seen at our"
     " hospital and discuss what is known about its management."),
    ("Narrow-band UVB in scleromyxedema",
     "We read with interest recent papers on costly drugs. The patient (male, fifty years of age)"
     " had a widespread eruption for 15 months."),
    ("UVA1 in generalised lichen myxoedematosus",
     "UVA1 has been advocated in morphoea. A man in his forties with generalised lichen"
     " myxoedematosus was irradiated four times weekly."),
    ("Talidomida no escleromixedema", "Relata-se o caso de uma doente de 39 anos com pápulas."),
    ("Tamponade as the first sign of a rare skin disease",
     "We treated a retired teacher, 71 years of age, for pericardial effusion. The biopsy of her"
     " waxy skin was read as scleromyxedema."),
    ("", "A man aged 72 had a generalized rash. CD34 was positive and S-100 negative:"
     " scleromyxedema."),
    ("Stiff hands and a tight face",
     "An engineer in his fifties was referred with presumed systemic sclerosis. A deep biopsy"
     " changed the diagnosis to scleromyxedema."),
    ("Scleromyxedema mimicking systemic sclerosis",
     "Here we show what told them apart in one woman, aged 49."),
    ("A mimic of scleroderma",
     "Scleroderma is taken as the model of hard skin. We present one such mimic, scleromyxoedema. A"
     " man of 56 years had joint pain and an itchy rash."),
    ("Papular mucinosis (scleromyxedema)",
     "Melphalan was used for four years. Acute leukemia supervened and was fatal."),
    ("Lichen myxedematosus: atypical form helped by immunoglobulin",
     "A female patient of 53 years had not responded to thalidomide."),
    ("Escleromixedema",
     "O escleromixedema é raro. Os autores apresentam caso de paciente masculino com pápulas."),
    ("Scleromixedema", "Giunge da noi una donna di 45 anni. La biopsia confermava lo"
     " scleromixedema."),
    ("Lichen myxoedematosus Arndt-Gottron", "Es wird über eine Patientin berichtet, deren Haut sich"
     " verdickte."),
    ("Liszaj śluzowaty twardzinowy", "Przedstawiono 40-letniego pacjenta z gammapatią."),
    ("", "患者女,46岁。躯干丘疹。诊断:硬化性黏液水肿。"),
    ("A lady with hard skin",
     "68F, known for four years with proven scleromyxedema, was admitted with seizures."),
    ("Answer to the photo quiz: scleromyxedema",
     "Scleromyxedema was diagnosed. Prednisolone was begun with 40 mg; the skin became soft."),
    ("Stiff hands in a cook",
     "A cook of 60 came with waxy papules. The case was judged to be scleromyxedema."),
    ("Unresponsive at home",
     "The patient, a retired teacher, carried the diagnosis of scleromyxedema since 2004."),
    ("Solution of the picture puzzle",
     "The papules, the sclerosis and the gammopathy led to scleromyxedema. Immunoglobulin cleared"
     " the skin of the patient in question."),
]  # fmt: skip
OWN_SERIES = [
    ("Intravenous immunoglobulin for scleromyxedema: eight cases",
     "We retrospectively reviewed eight patients with scleromyxedema. All improved."),
    ("Scleromyxedema: a clinical study", "Thirty-three patients were enrolled at 14 centres."),
    ("Mucinoses of the skin in a hepatitis clinic",
     "We reviewed 28 patients with mucinosis. Nineteen had localized lichen myxedematosus and one"
     " had scleromyxedema."),
    ("Skin changes in monoclonal gammopathy",
     "We present 30 patients with a gammopathy and skin findings. These included depositions of"
     " mucin (scleromyxedema), POEMS syndrome and lymphoma. Twelve were treated."),
    ("Outcome of scleromyxedema: a two-centre chart review",
     "The charts of every patient coded as scleromyxedema were reviewed. Twenty-two patients were"
     " included, whose median age was 61 years."),
    ("Talidomida no escleromixedema: duas doentes",
     "Descrevem-se duas doentes nas quais a talidomida teve resultados opostos."),
    ("Muzinosen der Haut",
     "Wir haben die Akten von 25 Patienten ausgewertet. Ein Skleromyxödem lag bei vier Patienten"
     " vor."),
    ("UVA1 in fibrosing diseases of the skin",
     "Forty patients received UVA1: 20 had morphea, 17 systemic sclerosis and 3 scleromyxedema."),
    ("Scleromyxedema: what is seen under the microscope",
     "Sixty biopsy specimens, from 40 patients, were reviewed. All contained mucin."),
    ("Scleromyxedema and its histologic variants",
     "Biopsies of our patients were reviewed together with the records. A second pattern was"
     " found."),
    ("Immunoglobulins: what they did for four patients",
     "Of our patients two had dermatomyositis, one had scleredema and the fourth scleromyxedema."),
    ("Scleromyxedema in two sisters", "We have under our care two sisters with scleromyxedema."),
]  # fmt: skip
EXCLUDED = [
    ("review_only", "Scleromyxedema",
     "Scleromyxedema is a mucinosis with a paraprotein. Immunoglobulin is the first choice."),
    ("review_only", "Scleromyxedema: an update", "This review summarizes what is known of it."),
    ("review_only", "Mimics of systemic sclerosis",
     "This chapter deals with scleredema, scleromyxedema and fasciitis."),
    ("review_only", "Treatment of scleromyxedema: a systematic review",
     "We searched MEDLINE. One hundred patients with scleromyxedema were included."),
    ("review_only", "Consensus on sclerosing diseases of the skin: scleromyxedema",
     "Experts were asked to vote on the treatment of patients with scleromyxedema."),
    ("comment", "Immunoglobulins help some patients with scleromyxedema",
     "According to a report published in a dermatology journal, a 70-year-old woman with"
     " scleromyxedema improved. She had no dysphagia."),
    ("comment", "Comment on: melphalan in scleromyxedema",
     "We read with great interest the article by Smith et al. on eight patients."),
    ("comment", "Old skins, new drugs",
     "In this issue of the journal, a group reports on 33 patients with scleromyxedema."),
    ("other_disease", "Scleredema with a paraprotein",
     "A 66-year-old woman had a hard neck. Unlike in scleromyxedema, there were no papules."
     " Scleredema was diagnosed."),
    ("other_disease", "A scleromyxedema-like eruption in a patient on dialysis",
     "A 50-year-old man on dialysis had plaques. Nephrogenic systemic fibrosis was diagnosed."),
    ("other_disease", "Nephrogenic fibrosing dermopathy",
     "Five patients on dialysis had plaques like those of scleromyxedema."),
    ("comment", "Answer to Dr. Roe", "We thank Dr. Roe for the comments on scleromyxedema."),
    ("other_disease", "Eosinophilic fasciitis",
     "A 55-year-old woman was first labelled as scleromyxedema; the biopsy of the fascia showed"
     " eosinophilic fasciitis."),
    ("other_disease", "Stroke in POEMS syndrome",
     "We describe two patients with POEMS syndrome. Scleromyxedema was ruled out."),
    ("other_disease", "Thick skin of the back",
     "A 52-year-old diabetic man had a hard back. The differential diagnosis included systemic"
     " sclerosis, scleromyxedema and amyloidosis. The biopsy was diagnostic of scleredema."),
    ("localized_lichen_myxedematosus", "Acral persistent papular mucinosis",
     "A 45-year-old woman had papules on both hands. Scleromyxedema is the generalized form."),
    ("localized_lichen_myxedematosus", "Lichen myxedematosus of the discrete papular type",
     "An 80-year-old woman had papules on the neck without induration or a paraprotein."),
    ("localized_lichen_myxedematosus", "Papular mucinosis in a man with HIV",
     "A 38-year-old man with HIV had localized papules. There was no paraprotein."),
    ("localized_lichen_myxedematosus", "Self-healing juvenile cutaneous mucinosis",
     "A boy of 9 years had nodules that resolved spontaneously."),
    ("non_human", "Scleromyxedema-like mucinosis in dogs",
     "Twelve dogs with mucin deposits were examined."),
    ("mention_only", "Thalidomide in dermatology",
     "We treated 12 patients with prurigo. Thalidomide has been used in scleromyxedema."),
    ("comment", "Scleromyxedema and lenalidomide",
     "We were intrigued by the paper on a 67-year-old man with scleromyxedema. We have no patient"
     " of our own to add."),
    ("comment", "Is the full dose of immunoglobulin always needed?",
     "We enjoyed the paper on twelve patients with scleromyxedema. Their patient 4, a 66-year-old"
     " woman, stayed free of lesions. We have no patients of our own."),
    ("review_only", "Treatment of scleromyxedema: a pooled analysis of published cases",
     "Medline was searched. One hundred and thirty-eight patients with scleromyxedema were pooled."
     " A 47-year-old man had been reported before."),
    ("other_disease", "Not scleromyxedema after all: two women with amyloidosis",
     "The first patient, 60 years of age, was referred as having scleromyxedema. AL amyloidosis was"
     " found. In both women we therefore withdrew the diagnosis of scleromyxedema in favor of"
     " systemic amyloidosis."),
    ("comment", "Scleromyxedema and dysphagia: comment",
     "The recent case of Rossi et al. reminds us that the esophagus may be involved."),
    ("review_only", "Scléromyxœdème : une piste ?",
     "Brun et coll. rapportent le cas d'une femme de 51 ans. On décida une photophérèse."),
    ("review_only", "Muscle disease in scleromyxedema",
     "The disease was first described in 1906. Several reports have linked it to a myopathy."),
    ("review_only", "Bortezomib and the fibroblasts of scleromyxedema",
     "Cell lines were incubated with bortezomib. Collagen fell by half."),
    ("review_only", "Scleromyxedema",
     "Most cases have a paraprotein (1).\n\n1. Roe A, Doe B. A rare disease. J Test 1990; 3: 7.\n"
     "2. Doe B, Lee C. Response in a patient with scleromyxedema. J Test 1991; 4: 71-4."),
    ("mention_only", "Acquired cutis laxa",
     "A 60-year-old man with myeloma had cutis laxa. His biopsies did not show scleromyxedema."),
    ("comment", "Thalidomide for waxy papules",
     "We read with interest the paper on a woman with scleromyxedema. To us thalidomide deserves"
     " a mention."),
    ("review_only", "Scleromyxedema",
     "Most cases have a paraprotein (1).\n\n1. Roe A (1990) A rare disease. J Test 3:7-9\n"
     "2. Doe B, Lee C (1991) Our patient with scleromyxedema responded. J Test 4(2):71-4"),
    ("review_only", "Selected Disorders of Collagen With Systemic Disease: Scleromyxedema",
     "It usually affects adults between 30 and 80 years of age. Fibrosis may be severe."),
    ("no_text", "Scleromyxedema.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "abstract"), OWN_PATIENT)
def test_a_report_of_an_own_patient_is_included(title: str, abstract: str) -> None:
    decision = decide(title, abstract)
    assert (decision.decision, decision.reason) == ("included", "own_patient")


@pytest.mark.parametrize(("title", "abstract"), OWN_SERIES)
def test_a_series_with_own_patients_of_the_disease_is_included(title: str, abstract: str) -> None:
    decision = decide(title, abstract)
    assert (decision.decision, decision.reason) == ("included", "own_series")


@pytest.mark.parametrize(
    "abstract",
    [
        "1. A 54-year-old man was seen in 2003 (two years after onset) with waxy papules.",
        "12 patients were seen between 1990 and 2000, 7 of them women. We treated nine with IVIG.",
        "12 patients were seen at our clinic between 1990 and 2000.",
        "1) A man was seen in 2004 (ratio of the light chains 3:1) and given IVIG.",
    ],
)
def test_a_case_that_begins_with_a_number_and_names_a_year_is_no_reference(abstract: str) -> None:
    assert decide("Scleromyxedema", abstract).decision == "included"


@pytest.mark.parametrize(("reason", "title", "abstract"), EXCLUDED)
def test_what_is_no_case_is_excluded_with_its_reason(
    reason: str, title: str, abstract: str
) -> None:
    decision = decide(title, abstract)
    assert (decision.decision, decision.reason) == ("excluded", reason)


def test_a_bare_title_counts_where_the_record_is_a_case_report() -> None:
    """Old records have no abstract; the publication type tells that it is a case."""
    decision = decide("[Scleromyxedema]", publication_types=("Case Reports", "Journal Article"))
    assert decision.reason == "own_patient"


@pytest.mark.parametrize(
    ("decision", "heading"),
    [
        ("included", "Scleromyxedema"),
        ("included", "Case 2: scleromyxedema"),
        ("excluded", "Differential diagnosis: scleromyxedema"),
        ("excluded", "A scleromyxedema-like eruption"),
        ("excluded", "Case 2"),
    ],
)
def test_a_heading_names_the_disease_where_no_sentence_does(decision: str, heading: str) -> None:
    text = "A 60-year-old man had waxy papules and tight skin. Immunoglobulins helped him."
    case = Section(section="body-1", kind="body", title=heading, text=text)
    title = Section(section="title", kind="title", text="Skin signs of a paraprotein")
    report = msgspec.structs.replace(article(title.text), sections=(title, case))
    assert screen(report, PROFILE).decision == decision


def test_publication_types_help_but_are_not_needed() -> None:
    """Without any type the words decide; a Review type alone does not hide an own case."""
    title = "Scleromyxedema responding to lenalidomide"
    text = "We report a 46-year-old man with scleromyxedema."
    assert decide(title, text).decision == "included"
    assert decide(title, text, publication_types=("Review",)).decision == "included"


def test_the_words_that_decided_are_quoted_from_the_article_as_it_stands() -> None:
    """Offsets point into the section, also where folding changed accents."""
    report = article("Cas clinique", "Nous rapportons un patient atteint de scléromyxœdème.")
    decision = screen(report, PROFILE)
    text = {section.section: section.text for section in report.sections}[decision.section or ""]
    assert decision.quote == "scléromyxœdème"
    assert text[decision.char_start : decision.char_end] == decision.quote


@pytest.mark.parametrize(
    ("design", "title", "abstract"),
    [
        ("case_report", "Scleromyxedema", "We report a 57-year-old woman with scleromyxedema."),
        ("case_series", "Scleromyxedema: two cases", "We report two patients with scleromyxedema."),
        ("cohort", "Scleromyxedema", "We reviewed 30 patients with scleromyxedema."),
        ("trial", "Scleromyxedema", "In an open-label trial, 8 patients were treated."),
        ("review", "Scleromyxedema: a review", "Scleromyxedema is a rare disease."),
        ("case_series", "Skleromyxödem bei zwei Patienten", "Patient 1 war 74, Patient 2 war 43."),
        (
            "case_report",
            "Scleromyxedema: heart disease",
            "A 70-year-old woman had scleromyxedema. Eleven fatal cases were found in the"
            " literature.",
        ),
        ("case_series", "Scleromyxedema in two sisters", "Both sisters had scleromyxedema."),
    ],
)
def test_the_design_is_read_from_the_words(design: str, title: str, abstract: str) -> None:
    assert decide(title, abstract).design == design


def test_all_are_decided_in_the_order_given() -> None:
    reports = [article("Scleromyxedema", "", article_id=f"FILE:{n}") for n in (3, 1, 2)]
    decided = [decision.article_id for decision in screen_all(reports, PROFILE)]
    assert decided == ["FILE:3", "FILE:1", "FILE:2"]


def test_another_disease_needs_no_code() -> None:
    """A profile of other names alone turns the decision round."""
    profile = {"screening": {"names": ["scleredema"], "look_alikes": ["scleromyxo?edema"]}}
    report = article("Scleredema in diabetes", "We report a 52-year-old man with scleredema.")
    assert screen(report, profile).decision == "included"
    assert screen(report, PROFILE).reason == "other_disease"


def test_an_unusable_profile_is_refused_with_the_entry() -> None:
    profile = copy.deepcopy(dict(PROFILE))
    profile["screening"]["localized"] = ["(unclosed"]
    with pytest.raises(ProfileError, match=r"localized.*unclosed"):
        screen(article("x", "y"), profile)
    with pytest.raises(ProfileError, match="names"):
        screen(article("x", "y"), {"screening": {}})
