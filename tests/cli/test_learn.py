"""``companion learn``: articles and questions on the terminal, without a record."""

from __future__ import annotations

import pytest

from companion.content.search import AnswerKind
from companion.domain.articles import Level
from companion.domain.leaflet import Leaflet
from companion.services import learning

SEEDS = {
    "en": (
        "How does topical ruxolitinib work for vitiligo and which Janus kinases does it inhibit?",
        "What are JAK inhibitors?",
    ),
    "it": (
        "Come funziona il ruxolitinib topico nella vitiligine e quali Janus chinasi inibisce?",
        "Che cosa sono gli inibitori delle JAK?",
    ),
}


def test_the_list_names_every_article_in_the_language_asked_for(ask, run):
    value = ask("learn", "list").value
    assert [each["slug"] for each in value] == [each.slug for each in learning.shelf("en")]
    assert set(value[0]) == {"slug", "order", "title", "summary", "minutes", "checked", "review"}
    italian = run("learn", "list", "--lang", "it")
    assert italian.code == 0
    assert "the-loop: Il circolo che toglie il colore" in italian.out


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("lang", ["en", "it"])
def test_an_article_is_printed_whole_with_numbered_sources(run, lang, level):
    shown = run("learn", "show", "the-loop", "--lang", lang, "--level", level.value)
    assert shown.code == 0
    article = learning.article("the-loop", lang)
    flat = " ".join(shown.out.split())
    for section in article.levels[level]:
        assert section.heading in flat
        for block in section.blocks:
            assert block.text.split(".")[0] in flat
    for source in {s for section in article.levels[level] for block in section.blocks for s in block.sources}:
        assert learning.sources()[source].address in flat
    assert "[1]" in flat
    assert ("Not yet reviewed by a clinician." if lang == "en" else "Non ancora rivisto da un clinico.") in flat


@pytest.mark.parametrize(
    ("leaflet", "seen"), [("us", {None, "us"}), ("eu", {None, "eu"}), ("other", {None, "us", "eu"})]
)
def test_only_the_readers_own_leaflet_is_shown_and_both_are_named_for_others(ask, run, leaflet, seen):
    value = ask("learn", "show", "using-the-cream", "--leaflet", leaflet).value
    assert {block["leaflet"] for section in value["sections"] for block in section["blocks"]} == seen
    out = run("learn", "show", "using-the-cream", "--leaflet", leaflet).out
    labels = {
        "us": "[Your leaflet: United States]",
        "eu": "[Your leaflet: European Union, Italy]",
        "other": "[Only if your leaflet is from the United States]",
    }
    assert labels[leaflet] in out


def test_the_leaflet_of_the_record_is_used_only_when_asked_for(home, ask, monkeypatch):
    value = ask("learn", "show", "using-the-cream").value
    assert value["leaflet"] == "other"
    assert ask("learn", "show", "using-the-cream", "--leaflet", "record").value["leaflet"] == Leaflet.EU


def test_the_leaflet_of_a_record_that_is_not_there_is_an_error(ask):
    result = ask("learn", "show", "using-the-cream", "--leaflet", "record")
    assert (result.code, result.error["error"]) == (1, "no_record")


def test_an_article_that_does_not_exist_is_said_with_the_way_to_the_list(run, ask):
    result = run("learn", "show", "nope")
    assert result.code == 1
    assert result.err.strip() == "There is no article called nope. See the list: companion learn list"
    assert ask("learn", "show", "nope").error["error"] == "no_article"


@pytest.mark.parametrize(
    "words", [("learn",), ("learn", "show"), ("learn", "ask"), ("learn", "show", "x", "--level", "z")]
)
def test_wrong_usage_is_told_apart(run, words):
    assert run(*words).code == 2


@pytest.mark.parametrize(("lang", "question"), [(lang, each) for lang, asked in SEEDS.items() for each in asked])
def test_the_seed_questions_are_answered_with_sources(ask, lang, question):
    value = ask("learn", "ask", question, "--lang", lang).value
    assert set(value) == {"kind", "passages"}
    assert value["kind"] == "answer"
    first = value["passages"][0]
    assert set(first) == {"article", "text", "sources"}
    assert first["article"] in ("what-the-cream-blocks", "jak-family-and-drugs")
    for word in ("JAK1", "JAK2"):
        assert word in first["text"]
    assert set(first["sources"]) <= set(learning.sources())
    assert first["sources"]


def test_a_question_may_be_several_words_and_is_quoted_for_people(run):
    shown = run("learn", "ask", "What", "are", "JAK", "inhibitors?")
    assert shown.code == 0
    flat = " ".join(shown.out.split())
    assert "JAK inhibitors are medicines that block Janus kinases, JAKs for short. [1,2]" in flat
    assert "Where this comes from [1]" in flat
    assert "(More: companion learn show jak-family-and-drugs)" in flat


def test_rules_of_two_leaflets_never_stand_in_a_passage_without_their_names(ask):
    passages = ask("learn", "ask", "What if I forget once?").value["passages"]
    text = next(each["text"] for each in passages if each["article"] == "using-the-cream")
    us, eu = text.index("Only if your leaflet is from the United States"), text.index("European Union or Italy")
    assert us < text.index("US texts") < eu < text.index("within 8 hours")
    own = ask("learn", "ask", "What if I forget once?", "--leaflet", "eu").value["passages"][0]["text"]
    assert "United States" not in own
    assert "within 8 hours" in own


def test_an_urgent_question_prints_the_get_help_list_first(ask, run):
    assert ask("learn", "ask", "one side of my face is drooping").value["kind"] == "urgent"
    shown = run("learn", "ask", "one side of my face is drooping", "--leaflet", "us")
    lines = [line for line in shown.out.splitlines() if line]
    assert lines[1] == "Emergency number: 911"
    assert lines[2].startswith("Stroke:")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(AnswerKind.NONE, "There is no answer here"), (AnswerKind.ASK_YOUR_DOCTOR, "Ask your doctor first")],
)
def test_no_answer_and_doctor_first_are_said_plainly(run, monkeypatch, kind, words):
    from companion.content.search import Answer

    monkeypatch.setattr(learning, "ask", lambda *_: Answer(kind))
    shown = run("learn", "ask", "anything")
    assert shown.code == 0
    assert shown.out.startswith(words)
    assert "doctor or pharmacist" in " ".join(shown.out.split())
