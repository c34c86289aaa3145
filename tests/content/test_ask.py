"""Questions and the passages they must find; see ``questions.json`` for what each is due."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.content import library, reactions, search
from companion.content.search import Answer, AnswerKind
from companion.domain.articles import Level
from companion.domain.leaflet import Leaflet
from companion.wording import resources

ROOT = resources.root()
LANGUAGES = ("en", "it")
LEAST_FIRST, LEAST_THREE = 0.85, 0.95
LEAST_IN_DOUBT = 0.85
"""How many of the urgent questions must be taken for urgent by what they tell of alone, were every sign unknown."""
TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))
"""By what they call for and by language: another dose, what the articles leave out, ..."""
PARAPHRASES = json.loads((Path(__file__).parent / "paraphrases.json").read_text(encoding="utf-8"))
"""Urgent, dose and ordinary questions in words nobody wrote the grammar for, by language."""


def _asked(language: str, question: str, level: Level = Level.PLAIN, leaflet: Leaflet = Leaflet.OTHER) -> Answer:
    return search.index(ROOT, language, leaflet).ask(question, level)


def _questions(of_set: str, kind: str) -> list[dict[str, Any]]:
    lines = json.loads((ROOT / "content" / "questions.json").read_text(encoding="utf-8"))
    return [line for line in lines if line["set"] == of_set and line["kind"] == kind]


def _found(answer: Answer) -> list[str]:
    return [f"{passage.article}#{passage.anchor}" for passage in answer.passages]


def _shares(lines: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Return the shares of questions whose passage stood first, and among the first three."""
    found = [(_found(_asked(line["lang"], line["text"])), line["expect"]) for line in lines]
    first = sum(bool(got) and got[0] in due for got, due in found)
    three = sum(any(each in due for each in got) for got, due in found)
    return first / len(lines), three / len(lines)


@pytest.mark.parametrize("of_set", ["tune", "held", "third"])
def test_the_right_passage_is_found(of_set: str) -> None:
    lines = _questions(of_set, "answer")
    if not lines:
        pytest.skip(f"no questions are {of_set}")
    first, three = _shares(lines)
    assert first >= LEAST_FIRST
    assert three >= LEAST_THREE


@pytest.mark.parametrize("of_set", ["tune", "held", "second", "third"])
@pytest.mark.parametrize("kind", [AnswerKind.URGENT, AnswerKind.NONE, AnswerKind.ASK_YOUR_DOCTOR])
def test_urgent_unanswerable_and_dose_questions_are_told_as_such(of_set: str, kind: AnswerKind) -> None:
    wrong = [
        line["text"] for line in _questions(of_set, kind.value) if _asked(line["lang"], line["text"]).kind is not kind
    ]
    assert wrong == []


@pytest.mark.parametrize("of_set", ["third", "fourth"])
def test_no_urgent_question_of_a_stranger_is_missed(of_set: str) -> None:
    asked = _questions(of_set, "urgent")
    assert asked
    missed = [line["text"] for line in asked if _asked(line["lang"], line["text"]).kind is not AnswerKind.URGENT]
    assert missed == []


def test_an_answerable_question_is_not_called_urgent() -> None:
    lines = _questions("tune", "answer")
    alarms = [line["text"] for line in lines if _asked(line["lang"], line["text"]).kind is AnswerKind.URGENT]
    assert alarms == []


@pytest.mark.parametrize(
    ("language", "question"), [(language, text) for language in LANGUAGES for text in TEXTS["dose"][language]]
)
def test_a_question_about_another_dose_goes_to_the_doctor_first(language: str, question: str) -> None:
    assert _asked(language, question).kind is AnswerKind.ASK_YOUR_DOCTOR


@pytest.mark.parametrize(
    ("language", "question"), [(language, text) for language in LANGUAGES for text in TEXTS["uncovered"][language]]
)
def test_what_the_articles_leave_out_is_said_plainly(language: str, question: str) -> None:
    answer = _asked(language, question)
    assert answer.kind is AnswerKind.NONE
    assert answer.passages == ()


@pytest.mark.parametrize(
    ("language", "question"), [(language, text) for language in LANGUAGES for text in TEXTS["errands"][language]]
)
def test_shops_waiting_lists_and_results_are_no_articles_to_know(language: str, question: str) -> None:
    assert _asked(language, question) == Answer(AnswerKind.NONE)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "which pharmacy near me is open, my lips are swelling up"),
        ("en", "did the doctor get my message, i want to die"),
        ("en", "i am on a waiting list and my chest hurts"),
        ("it", "che farmacia di turno c'è, mi manca il respiro"),
        ("it", "la lista d'attesa è lunga e ho dolore al petto"),
    ],
)
def test_an_errand_never_hides_what_is_urgent(language: str, question: str) -> None:
    assert _asked(language, question).kind is AnswerKind.URGENT


def test_an_errand_never_hides_a_wish_for_another_dose() -> None:
    assert _asked("en", "it was out of stock so i will skip a week").kind is AnswerKind.ASK_YOUR_DOCTOR


@pytest.mark.parametrize(("kind", "due"), [("missed_more", "using-the-cream#missed"), ("lamp", "light-therapy#care")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_leaflet_says_stands_first_beneath_the_doctor(kind: str, due: str, language: str) -> None:
    for question in TEXTS[kind][language]:
        answer = _asked(language, question)
        assert answer.kind is AnswerKind.ASK_YOUR_DOCTOR, question
        assert _found(answer)[0] == due, question


@pytest.mark.parametrize(
    ("language", "question"), [(language, text) for language in LANGUAGES for text in TEXTS["inherited"][language]]
)
def test_who_asks_whether_it_is_passed_on_reads_where_it_comes_from(language: str, question: str) -> None:
    answer = _asked(language, question)
    assert answer.kind is AnswerKind.ANSWER
    assert "what-is-vitiligo#why" in _found(answer)


@pytest.mark.parametrize(
    ("language", "question", "due"),
    [
        (
            "en",
            "How does topical ruxolitinib work for vitiligo and which Janus kinases does it inhibit?",
            "what-the-cream-blocks#answer",
        ),
        ("en", "What are JAK inhibitors?", "jak-family-and-drugs#what-are"),
        (
            "it",
            "Come agisce il ruxolitinib topico nella vitiligine e quali Janus chinasi inibisce?",
            "what-the-cream-blocks#answer",
        ),
        ("it", "Che cosa sono gli inibitori delle JAK?", "jak-family-and-drugs#what-are"),
    ],
)
@pytest.mark.parametrize("level", list(Level))
def test_the_first_questions_of_all_are_answered_at_every_level_with_sources(
    language: str, question: str, due: str, level: Level
) -> None:
    answer = _asked(language, question, level)
    assert answer.kind is AnswerKind.ANSWER
    assert _found(answer)[0] == due
    assert answer.passages[0].level is level
    assert answer.passages[0].sources


@pytest.mark.parametrize(
    ("language", "question", "due"),
    [
        ("en", "pregnat", "using-the-cream#pregnancy"),
        ("en", "how do i store the toube", "using-the-cream#storage"),
        ("it", "allatamento", "using-the-cream#pregnancy"),
        ("it", "PERCHÉ i peli sono BIANCHI???", "how-colour-returns#white-hair"),
        ("it", "perche i peli sono bianchi", "how-colour-returns#white-hair"),
    ],
)
def test_slips_accents_and_capitals_do_not_matter(language: str, question: str, due: str) -> None:
    assert _found(_asked(language, question))[0] == due


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_found_by_its_own_heading(language: str) -> None:
    index = search.index(ROOT, language, Leaflet.OTHER)
    lost = [
        f"{article.slug}#{section.anchor}"
        for article in library.articles(ROOT, language)
        for section in article.levels[Level.PLAIN]
        if f"{article.slug}#{section.anchor}"
        not in _found(Answer(AnswerKind.ANSWER, index.find(section.heading, Level.PLAIN)))
    ]
    assert lost == []


@pytest.mark.parametrize(("leaflet", "other"), [(Leaflet.US, "EU leaflet"), (Leaflet.EU, "US label")])
def test_a_reader_sees_no_rule_of_another_leaflet(leaflet: Leaflet, other: str) -> None:
    for question in ("how many tubes a month", "can i use it while pregnant", "how long after can i shower"):
        answer = _asked("en", question, leaflet=leaflet)
        assert answer.passages
        assert all(other not in passage.text for passage in answer.passages)


@pytest.mark.parametrize("question", ["", "   ", "???", "the", "il", '"', "*", "a OR b NOT", "日本語", "x" * 4000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_may_be_asked(language: str, question: str) -> None:
    assert _asked(language, question).kind in set(AnswerKind)


def test_a_question_about_an_illness_is_no_call_for_help_but_having_it_is() -> None:
    assert _asked("en", "can the cream cause a stroke?").kind is AnswerKind.ANSWER
    assert _asked("en", "i think my dad has a stroke").kind is AnswerKind.URGENT
    assert _asked("en", "can the cream cause a stroke? my face droops on one side").kind is AnswerKind.URGENT
    assert _asked("it", "la crema fa venire l'infarto?").kind is AnswerKind.ANSWER
    assert _asked("it", "ho dolore al petto, è un infarto?").kind is AnswerKind.URGENT


def test_an_urgent_question_names_its_section() -> None:
    answer = _asked("en", "my chest hurts and my arm is heavy")
    assert answer.kind is AnswerKind.URGENT
    assert answer.category in {category.id for category in reactions.help_categories(ROOT, "en")}


def test_ways_of_asking_stand_for_every_section_in_both_languages() -> None:
    asks = json.loads((ROOT / "content" / "asks.json").read_text(encoding="utf-8"))
    sections = {
        f"{article.slug}#{section.anchor}"
        for article in library.articles(ROOT, "en")
        for section in article.levels[Level.PLAIN]
    }
    assert set(asks) == sections
    for ways in asks.values():
        for language in LANGUAGES:
            folded = [" ".join(reactions.fold(way)) for way in ways[language]]
            assert len(folded) >= 6
            assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_urgent_questions_are_known_in_whatever_words(language: str) -> None:
    texts = PARAPHRASES["urgent"][language]
    assert [text for text in texts if _asked(language, text).kind is not AnswerKind.URGENT] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_about_a_dose_are_known_in_whatever_words(language: str) -> None:
    assert [text for text in PARAPHRASES["dose"][language] if not _asked(language, text).doctor] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_urgent_questions_are_in_doubt_even_where_no_sign_is_known(language: str) -> None:
    flat = [" ".join(reactions.fold(text)) for text in PARAPHRASES["urgent"][language]]
    told = [text for text in flat if reactions.in_doubt(ROOT, text) or reactions.unsure(ROOT, text)]
    assert len(told) >= LEAST_IN_DOUBT * len(flat)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_questions_keep_their_ordinary_answers(language: str) -> None:
    alarms = [
        text
        for text in PARAPHRASES["ordinary"][language]
        if _asked(language, text).kind in (AnswerKind.URGENT, AnswerKind.ASK_YOUR_DOCTOR)
    ]
    assert len(alarms) <= 0.03 * len(PARAPHRASES["ordinary"][language]), alarms


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "I am pregnant"),
        ("en", "im pregnant, can i use it"),
        ("en", "can i breastfeed"),
        ("it", "sono incinta"),
        ("it", "allatto, la posso mettere?"),
    ],
)
@pytest.mark.parametrize("leaflet", list(Leaflet))
def test_a_pregnancy_goes_to_the_doctor_with_what_the_leaflet_says(
    language: str, question: str, leaflet: Leaflet
) -> None:
    answer = _asked(language, question, leaflet=leaflet)
    assert answer.kind is AnswerKind.ASK_YOUR_DOCTOR
    assert "using-the-cream#pregnancy" in _found(answer)


@pytest.mark.parametrize(
    ("language", "straight", "curly"),
    [
        ("en", "I can't breathe", "I can\u2019t breathe"),
        ("en", "it's my dad's vision, it's blurry", "it\u2019s my dad\u2019s vision, it\u2019s blurry"),
        ("it", "mi manca l'aria", "mi manca l\u2019aria"),
        ("it", "e' normale l'occhio che non vede", "e\u2019 normale l\u2019occhio che non vede"),
        ("it", "cos'e' la vitiligine", "cos\u2019è la vitiligine"),
    ],
)
def test_straight_and_curly_apostrophes_are_equal(language: str, straight: str, curly: str) -> None:
    assert _asked(language, straight) == _asked(language, curly)


def test_a_question_that_may_be_two_things_names_both_sections() -> None:
    assert _asked("it", "mi fa male il petto").categories == ("heart", "clot")


def test_in_doubt_every_emergency_is_shown_and_the_passages_too() -> None:
    answer = _asked("en", "should i go to hospital or call an ambulance")
    assert answer.kind is AnswerKind.URGENT
    assert answer.categories == ()


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "is there any point in carrying on"),
        ("en", "my chest hurts, should i stop the cream"),
        ("it", "che senso ha andare avanti"),
        ("it", "ho 39 di febbre, devo sospendere la crema?"),
    ],
)
def test_what_is_urgent_and_about_a_dose_is_told_as_both(language: str, question: str) -> None:
    answer = _asked(language, question)
    assert answer.kind is AnswerKind.URGENT
    assert answer.doctor


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "The bit about blood clots in the leaflet, was that seen with tablets or with the cream?"),
        ("en", "are people with vitiligo more prone to skin cancer"),
        ("it", "chi ha la vitiligine si ammala di più di tumore alla pelle?"),
        ("it", "la storia dei trombi è stata vista con le compresse o con la crema?"),
    ],
)
def test_what_is_asked_of_trials_or_of_people_in_general_is_answered(language: str, question: str) -> None:
    assert _asked(language, question).kind is AnswerKind.ANSWER


@pytest.mark.parametrize(
    ("flat", "spoken"), [("i have a patch on my knee", "en"), ("ho una macchia sul ginocchio", "it"), ("opzelura", "")]
)
def test_the_language_of_a_question_is_told_by_its_light_words(flat: str, spoken: str) -> None:
    assert reactions.spoken_in(ROOT, flat) == spoken


def test_an_italian_article_is_no_english_i() -> None:
    assert _asked("it", "i melanociti producono il pigmento").kind is not AnswerKind.URGENT
