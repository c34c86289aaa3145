"""The passphrase is lost: in with the recovery key, to a new passphrase, and in again with that; whole program."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from companion.services import opening
from companion.services.opened import services_of
from companion.storage.record import create
from companion.ui.pages.settings.lock_sheets import PassphraseSheet
from companion.wording import say
from tests.journeys.test_first_days import LEFT, PASSPHRASE, SLOW, day  # noqa: F401 - the fixture
from tests.support.home import ANSWERS
from tests.support.records import QUICK

NEW = "another four plain words"


def test_the_paper_leads_to_a_new_passphrase(day):  # noqa: F811 - the fixture
    record, paper = create(day.folder, passphrase=PASSPHRASE, cost=QUICK)
    services_of(record, day.clock).care.set_up(ANSWERS)
    record.close()
    window = day.start()
    day.press(say("unlock.use_recovery"))
    window.entry().recovery.setText(paper.lower())
    day.press(say("unlock.open"))
    day.qtbot.waitUntil(lambda: window.house() is not None, timeout=SLOW)

    page = window.house().page("settings")
    lock = page.section("lock")

    def landed():
        reason = [each for each in page.findChildren(QLabel) if each.text() == say("settings.after_recovery")]
        tops = [each.mapTo(page, QPoint(0, 0)).y() for each in (*reason, lock.passphrase)]
        return len(tops) == 2 and all(0 <= top < page.height() - 40 for top in tops)

    day.qtbot.waitUntil(landed, timeout=SLOW)
    assert window.house().current() == "settings"
    assert page.focusWidget() is lock.passphrase

    day.qtbot.keyClick(lock.passphrase, Qt.Key.Key_Space)
    sheet = window.findChild(PassphraseSheet)
    sheet.current.line.setText(paper)
    sheet.secret.first.line.setText(NEW)
    sheet.secret.second.line.setText(NEW)
    with day.qtbot.waitSignal(sheet.changed, timeout=SLOW):
        day.qtbot.mouseClick(sheet.save, LEFT)
    day.quit()
    opening.open_record(day.folder, NEW).close()
