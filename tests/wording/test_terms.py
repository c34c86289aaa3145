"""One thing has one name, in every room."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ITALIAN = Path(__file__).resolve().parents[2] / "resources" / "wording" / "it"

NOT_SO = {
    r"tub[oi]": "tubetto",
    r"passphrase": "frase segreta",
    # "Cura" is also what heals, which nobody promises.
    r"cur[ae]": "trattamento",
    r"terapi[ae]": "trattamento",
}


def phrases() -> Iterator[tuple[str, str]]:
    for room in sorted(ITALIAN.glob("*.json")):
        for key, said in json.loads(room.read_text(encoding="utf-8")).items():
            for text in said.values() if isinstance(said, dict) else [said]:
                yield f"{room.stem}.{key}", text


@pytest.mark.parametrize("word", NOT_SO)
def test_italian_has_one_word_for_one_thing(word):
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    found = [key for key, text in phrases() if pattern.search(text.replace("COMPANION_PASSPHRASE", ""))]
    assert not found, f"{NOT_SO[word]}: {found}"
