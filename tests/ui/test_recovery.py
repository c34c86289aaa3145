"""The groups of the recovery key that are typed back: drawn by lot, and other ones after the key was shown again."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtWidgets import QLabel

from companion.ui.widgets.recovery import ASKED_BACK, RecoveryCard, drawn
from companion.wording import say
from tests.support.home import TODAY

KEY = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-J"
GROUPS = KEY.split("-")


@pytest.fixture
def card(qtbot):
    made = RecoveryCard(KEY, TODAY, Random(7))
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_group_may_be_asked_for_but_the_check_letter():
    dice = Random(1)
    seen = {group for _ in range(200) for group in drawn(GROUPS, dice)}
    assert seen == set(range(8))
    pairs = [drawn(GROUPS, dice) for _ in range(50)]
    assert all(len(set(pair)) == ASKED_BACK and list(pair) == sorted(pair) for pair in pairs)
    assert len(set(pairs)) > 10


def test_without_dice_of_a_test_nobody_can_tell_which():
    assert len({drawn(GROUPS) for _ in range(60)}) > 5


def test_the_same_dice_ask_the_same():
    assert drawn(GROUPS, Random(3)) == drawn(GROUPS, Random(3))


def test_what_is_asked_is_what_the_fields_say_and_what_counts(card):
    card.ask()
    names = [say("unlock.group_asked", number=group + 1) for group in card.wanted]
    assert [line.accessibleName() for line in card.answers] == names
    shown = [each.text() for each in card.findChildren(QLabel) if each.isVisible()]
    assert [text for text in shown if text in names] == names
    assert not card.confirmed()
    for line, group in zip(card.answers, card.wanted, strict=True):
        line.setText(KEY.split("-")[group].lower())
    assert card.confirmed()


def test_who_looks_again_is_asked_for_others(card):
    asked = []
    for _ in range(6):
        card.ask()
        assert card.answers[0].text() == ""
        card.answers[0].setText("AAAA")
        asked.append(card.wanted)
        card._on_again()
    assert len(set(asked)) > 1
    assert not card.is_asking()
