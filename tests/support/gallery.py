"""Every shared component on one page, to look at and to measure.

``python -m tests.support.gallery --theme dark --lang it --text 150 --size 1280x2600 --out gallery.png``
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, time

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.chips import ActionChip, ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.empty import EmptyState
from companion.ui.widgets.fields import Choice, Field, NoteField, SearchField, TextField
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.rail import Rail, RailEntry
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.ui.widgets.stepper import Stepper
from companion.ui.widgets.switches import Check, Radio, SegmentedControl, Switch
from companion.ui.widgets.tag import TagLabel
from companion.ui.widgets.time_field import TimeField
from companion.ui.widgets.undo import UndoBar
from companion.ui.widgets.week import Mark, SlotDot, WeekDay, WeekStrip
from companion.wording import dates, numbers, use_language

TODAY = date(2026, 11, 21)

WORDS = {
    "en": {
        "title": dates.full_day(TODAY),
        "subtitle": "Week 14 of treatment. Colour returns slowly: the trials first looked at week 12.",
        "pages": ("Today", "Learn", "Photos", "Journal", "Progress", "Visit", "Settings"),
        "foot": "Encrypted on this computer.\nBacked up today, 07:45.",
        "levels": ("Plain", "More detail", "Clinical"),
        "morning": "Morning",
        "evening": "Evening",
        "applied": "Applied 07:42",
        "due": "Due 20:00, in 4 h 12 min",
        "where": "Face, both hands, left knee. 1.5 g of cream.",
        "from": "Can go on from 15:42, eight hours after this morning.",
        "buttons": ("I applied it", "Remind me later", "Skip", "Edit", "Undo"),
        "week": "This week",
        "so_far": "10 of 11 so far",
        "carry_on": "Wednesday evening was missed. Nothing to make up: just carry on as usual.",
        "tube": "Tube",
        "left": "About 35 g left of 60 g: 12 days at your usual amount. Order by 30 November.",
        "feel": "How does your skin feel today?",
        "feelings": ("Nothing to report", "Spots where I apply it", "Itching", "Redness", "Burning", "Headache"),
        "help": "When to get help now",
        "signs": "Chest pain, trouble breathing, a swollen painful leg, a drooping face or sudden weakness.",
        "call": ("Call 112", "All signs"),
        "places": ("Face", "Right hand", "Left hand", "Left knee", "Lo & behold"),
        "limit": "The leaflet’s limit is 10 handprints.",
        "search": "Search your notes",
        "switch": "Show private areas",
        "switch_on": "Match the light of the two photos",
        "check": "I keep this record for somebody else",
        "sound": "A short sound",
        "silent": "No sound",
        "empty": ("No photos yet", "A photo every four weeks shows what the mirror hides.", "Add the first photo"),
        "import": "Bringing in photos",
        "error": "This is not a time. Write it like 7:30.",
        "failed": ("Two photos could not be read", "Nothing was lost: the others are in your album.", "Show them"),
        "example": "Example data. Nothing here is about you.",
        "done": "The backup was written and read again.",
        "undo": "Evening application noted.",
        "figure": "31% smaller",
        "range": "Likely between 26% and 36%.",
        "fields": ("Time", "Day", "Note", "Leaflet", "Name of the record"),
    },
    "it": {
        "title": "Sabato 21 novembre",
        "subtitle": "Settimana 14 della cura. Il colore torna piano: gli studi hanno guardato per la prima volta "
        "alla settimana 12.",
        "pages": ("Oggi", "Capire", "Foto", "Diario", "Andamento", "Visita", "Impostazioni"),
        "foot": "Cifrato su questo computer.\nCopia fatta oggi alle 07:45.",
        "levels": ("Semplice", "Più dettagli", "Clinico"),
        "morning": "Mattina",
        "evening": "Sera",
        "applied": "Applicata alle 07:42",
        "due": "Prevista alle 20:00, fra 4 h 12 min",
        "where": "Viso, mani, ginocchio sinistro. 1,5 g di crema.",
        "from": "Si può mettere dalle 15:42, otto ore dopo quella di stamattina.",
        "buttons": ("L’ho applicata", "Ricordamelo più tardi", "Salta", "Modifica", "Annulla"),
        "week": "Questa settimana",
        "so_far": "10 su 11 finora",
        "carry_on": "Mercoledì sera è mancata. Non c’è niente da recuperare: si continua come sempre.",
        "tube": "Tubetto",
        "left": "Restano circa 35 g su 60 g: 12 giorni con la quantità abituale. Da ordinare entro il 30 novembre.",
        "feel": "Come sta oggi la pelle?",
        "feelings": ("Niente da segnalare", "Brufoletti dove la metto", "Prurito", "Rossore", "Bruciore", "Cefalea"),
        "help": "Quando chiedere aiuto subito",
        "signs": "Dolore al petto, respiro difficile, una gamba gonfia e dolente, il viso che cade o una debolezza "
        "improvvisa.",
        "call": ("Chiama il 112", "Tutti i segnali"),
        "places": ("Viso", "Mano destra", "Mano sinistra", "Ginocchio sinistro", "Lo & behold"),
        "limit": "Il limite del foglio illustrativo è di 10 palmi.",
        "search": "Cerca nelle note",
        "switch": "Mostra le zone intime",
        "switch_on": "Uniforma la luce delle due foto",
        "check": "Tengo questo diario per un’altra persona",
        "sound": "Un suono breve",
        "silent": "Nessun suono",
        "empty": ("Ancora nessuna foto", "Una foto ogni quattro settimane mostra ciò che lo specchio nasconde.",
                  "Aggiungi la prima foto"),
        "import": "Sto portando dentro le foto",
        "error": "Questo non è un orario. Si scrive così: 7:30.",
        "failed": ("Due foto non si leggono", "Non si è perso niente: le altre sono nell’album.", "Mostrale"),
        "example": "Dati di esempio. Qui non c’è niente che La riguardi.",
        "done": "La copia è stata scritta e riletta.",
        "undo": "Applicazione della sera annotata.",
        "figure": "31% più piccola",
        "range": "Probabilmente tra il 26% e il 36%.",
        "fields": ("Ora", "Giorno", "Nota", "Foglio illustrativo", "Nome del diario"),
    },
}  # fmt: skip


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, gap=8)
    for widget in widgets:
        row.addWidget(widget)
    return holder


def _slots(w: dict) -> Columns:
    both = Columns(even=True)
    morning = Card(w["morning"], "morning", TagLabel(w["applied"], "morning"))
    morning.add(labels.small(w["where"]))
    morning.add(_row(buttons.secondary(w["buttons"][3], main=True), buttons.quiet(w["buttons"][4], main=True)), gap=4)
    evening = Card(w["evening"], "evening", TagLabel(w["due"], "evening"))
    evening.add(labels.small(w["from"]))
    evening.add(
        _row(
            buttons.primary(w["buttons"][0]),
            buttons.secondary(w["buttons"][1], main=True),
            buttons.quiet(w["buttons"][2], main=True),
        ),
        gap=4,
    )
    for card in (morning, evening):
        card.body.addStretch(1)
    both.add(morning, 0)
    both.add(evening, 1)
    return both


def _week(w: dict) -> Card:
    card = Card(w["week"], trailing=labels.small(w["so_far"]))
    m = Mark
    marks = (
        (m.APPLIED, m.APPLIED), (m.APPLIED, m.SKIPPED), (m.APPLIED, m.MISSED), (m.UNKNOWN, m.APPLIED),
        (m.APPLIED, m.APPLIED), (m.APPLIED, m.DUE), (m.FUTURE, m.FUTURE),
    )  # fmt: skip
    days = [date(2026, 11, 16 + at) for at in range(7)]
    card.add(
        WeekStrip(
            [
                WeekDay(dates.weekday_short(day), dates.full_day(day), *pair, today=day == TODAY)
                for day, pair in zip(days, marks, strict=True)
            ],
            w["week"],
        )
    )
    card.add(labels.caption(w["carry_on"]))
    card.add(_row(*(SlotDot(mark, "morning") for mark in Mark)))
    return card


def _choices(w: dict) -> Card:
    card = Card(w["feel"])
    group = ChipGroup([(text, text) for text in w["feelings"]], w["feel"], multi=True)
    group.choose(w["feelings"][:1])
    card.add(group)
    card.add(_row(ActionChip(w["feelings"][2], "plus"), ActionChip(w["feelings"][3])))
    places = PlaceChips([(text, text) for text in w["places"]], w["places"][0], everything="✱")
    card.add(places)
    card.add(Divider())
    switch = Switch(w["switch"])
    on = Switch(w["switch_on"])
    on.setChecked(True)
    card.add(switch)
    card.add(on)
    check = Check(w["check"])
    check.setChecked(True)
    card.add(check)
    card.add(Check(w["switch"]))
    pair = QWidget()
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text in (w["sound"], w["silent"]):
        column.addWidget(Radio(text))
    column.itemAt(0).widget().setChecked(True)
    card.add(pair)
    return card


def _tube(w: dict) -> Card:
    card = Card(w["tube"])
    card.add(Gauge(0.58, w["tube"], "58%"))
    card.add(labels.small(w["left"]))
    return card


def _help(w: dict) -> Card:
    card = Card(w["help"], "urgent")
    card.add(labels.body(w["signs"]))
    signs = buttons.secondary(w["call"][1], main=True)
    signs.set_urgent()
    card.add(_row(buttons.danger(w["call"][0], "phone"), signs), gap=4)
    return card


def _steppers(w: dict) -> Card:
    card = Card(w["places"][0])
    for at, name in enumerate(w["places"][:3]):
        line = QWidget()
        row = BesideLayout(line, least=120)
        row.addWidget(labels.strong(name))
        row.addWidget(Stepper((0.25, 2.5, 1)[at], name, numbers.handprints))
        card.add(line)
        card.add(Divider())
    card.add(Gauge(0.25, w["tube"]), gap=4)
    card.add(labels.caption(w["limit"]))
    return card


def _fields(w: dict) -> Card:
    card = Card(w["fields"][3])
    card.add(SearchField(w["search"], w["search"]))
    names = w["fields"]
    field = Field(names[0], TimeField(names[0], time(7, 42)))
    wrong = Field(names[0], TimeField(names[0]))
    wrong.set_error(w["error"])
    line = Columns(threshold=380, even=True)
    line.add(field, 0)
    line.add(wrong, 1)
    card.add(line)
    card.add(Field(names[1], DayField(names[1], TODAY, TODAY)))
    card.add(Field(names[3], Choice([("eu", "EU / Italia"), ("us", "US")], names[3])))
    card.add(Field(names[4], TextField(names[4], "Anna & Co <b>")))
    card.add(Field(names[2], NoteField(names[2], hint=w["search"])))
    return card


def _figure(w: dict) -> Card:
    card = Card(w["search"])
    card.add(labels.figure(w["figure"]))
    card.add(labels.small(w["range"]))
    card.add(labels.user_text("Brown dots <b>around</b> hairs & near the thumb since October."))
    card.add(_row(TagLabel("2"), TagLabel("ok", "accent"), TagLabel("!", "attention"), TagLabel("!", "urgent")))
    disabled = buttons.primary(w["buttons"][0])
    disabled.setEnabled(False)
    other = buttons.secondary(w["buttons"][3], "edit")
    other.setEnabled(False)
    card.add(_row(disabled, other, buttons.secondary(w["buttons"][3], "edit")))
    return card


def build(language: str) -> QWidget:
    """Return a window with every component, in ``language``, in the theme applied now."""
    use_language(language)
    w = WORDS[language]
    window = QWidget()
    whole = QHBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    icons = ("today", "learn", "photos", "journal", "progress", "visit")
    entries = [RailEntry(icon, text, icon) for icon, text in zip(icons, w["pages"][:6], strict=True)]
    rail = Rail("Companion", entries, [RailEntry("settings", w["pages"][6], "settings")], "Pages")
    rail.select("today")
    rail.set_footer(w["foot"])
    whole.addWidget(rail)
    page = PageScaffold(w["title"], w["subtitle"])
    levels = SegmentedControl([(text, text) for text in w["levels"]], w["fields"][3])
    levels.choose(w["levels"][1])
    page.add_action(levels)
    page.add(_slots(w))
    rest = Columns(weights=(4, 3))
    rest.add(_week(w), 0)
    rest.add(_tube(w), 1)
    rest.add(_choices(w), 0)
    rest.add(_help(w), 1)
    rest.add(_fields(w), 0)
    rest.add(_steppers(w), 1)
    rest.add(_figure(w), 1)
    empty = Card()
    empty.add(EmptyState("photos", *w["empty"]))
    rest.add(empty, 1)
    page.add(rest)
    page.add(InlineMessage(w["failed"][1], "attention", w["failed"][0], w["failed"][2], closable=True))
    page.add(InlineMessage(w["example"], "info", closable=True))
    page.add(InlineMessage(w["done"], "done"))
    strip = ProgressStrip(w["import"])
    strip.show_progress(37, 120)
    page.add(strip)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(page, 1)
    bar = UndoBar()
    column.addWidget(bar)
    whole.addLayout(column, 1)
    bar.offer(w["undo"])
    window.rail = rail
    window.page = page
    return window


def main() -> None:
    """Write a picture of the gallery."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--theme", default="light")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--size", default="1280x1900")
    parser.add_argument("--out", default="gallery.png")
    wish = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    theme.apply(app, theme.load(wish.theme, wish.text / 100))
    window = build(wish.lang)
    width, height = (int(part) for part in wish.size.split("x"))
    window.resize(width, height)
    window.rail.fit(width)
    window.show()
    app.processEvents()
    window.grab().save(wish.out)


if __name__ == "__main__":
    main()
