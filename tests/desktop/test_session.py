"""One window for each record."""

import subprocess
import sys

from companion.desktop.session import Session, runtime_folder
from companion.services.neighbour import LONGEST_SOCKET_PATH, name_of


def test_the_second_is_not_let_in_until_the_first_lets_go(tmp_path, qapp):
    first, second = Session(tmp_path / "record", tmp_path), Session(tmp_path / "record", tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_another_record_has_its_own(tmp_path, qapp):
    first, second = Session(tmp_path / "one", tmp_path), Session(tmp_path / "two", tmp_path)
    assert first.take()
    assert second.take()
    first.release()
    second.release()


def test_two_ways_to_one_folder_are_one_record(tmp_path, qapp):
    (tmp_path / "record").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "record")
    first, second = Session(tmp_path / "record", tmp_path), Session(tmp_path / "link", tmp_path)
    assert first.take()
    assert not second.take()
    first.release()


AGAIN = """
import sys
from pathlib import Path
from companion.desktop.session import Session
second = Session(Path(sys.argv[1]), Path(sys.argv[2]))
sys.exit(0 if not second.take() and second.hand_over(10_000) else 1)
"""


def test_the_first_is_asked_to_show_itself(tmp_path, qtbot):
    first = Session(tmp_path / "record", tmp_path)
    assert first.take()
    assert first.listen()
    with qtbot.waitSignal(first.asked_to_show, timeout=20_000):
        again = subprocess.Popen([sys.executable, "-c", AGAIN, str(tmp_path / "record"), str(tmp_path)])
    assert again.wait(10) == 0
    first.release()


def test_one_that_does_not_listen_is_said_not_to_answer(tmp_path, qapp):
    first = Session(tmp_path / "record", tmp_path)
    assert first.take()
    assert not Session(tmp_path / "record", tmp_path).hand_over(120)
    first.release()


def test_names_tell_nothing_of_the_record(tmp_path, qapp):
    session = Session(tmp_path / "maria-rossi", tmp_path)
    assert session.take()
    assert session.listen()
    names = [each.name for each in tmp_path.iterdir()]
    session.release()
    assert len(names) == 2
    assert not any("maria" in name for name in names)


def test_a_deep_folder_still_has_a_socket(tmp_path, qapp):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    assert len(str(deep)) > LONGEST_SOCKET_PATH
    session = Session(tmp_path / "record", deep)
    assert session.take()
    assert session.listen()
    session.release()


def test_the_login_session_gives_a_folder_else_the_fallback(tmp_path, monkeypatch):
    assert runtime_folder(tmp_path / "run") == tmp_path / "run"
    assert (tmp_path / "run").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert runtime_folder(tmp_path / "other") == tmp_path / "companion"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "missing"))
    assert runtime_folder(tmp_path / "other") == tmp_path / "other"


def test_the_command_line_knows_the_same_meeting_point(tmp_path, qapp):
    session = Session(tmp_path / "record", tmp_path)
    assert session._name == name_of(tmp_path / "record")


def test_a_start_by_the_login_asks_and_brings_nothing_to_the_front(tmp_path, qtbot):
    first = Session(tmp_path / "record", tmp_path)
    assert first.take()
    assert first.listen()
    shown = []
    first.asked_to_show.connect(lambda: shown.append(True))
    asks = AGAIN.replace("hand_over(10_000)", "hand_over(10_000, show=False)")
    assert asks != AGAIN
    again = subprocess.Popen([sys.executable, "-c", asks, str(tmp_path / "record"), str(tmp_path)])
    qtbot.waitUntil(lambda: again.poll() is not None, timeout=10_000)
    assert again.returncode == 0
    assert shown == []
    first.release()
