"""Start with the login: what is written, what is read back, and that paths survive every quoting."""

import ctypes
import ctypes.util
import json
import plistlib
import shlex
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.desktop.autostart import (
    APPROVED,
    HIDDEN,
    RUN,
    AutostartState,
    LaunchAgent,
    RunKey,
    XdgAutostart,
    exec_line,
    make_autostart,
    own_command,
    own_name,
)
from companion.domain.errors import SurroundingsError

COMMAND = ("/opt/comp anion/bin/companion", "--record", '/home/è/50% "mine" $HOME `x` \\ ;&', HIDDEN)


def unquoted(line: str) -> list[str]:
    """Read an Exec line as the desktop entry specification says: string escapes, then quotes, then field codes."""
    text = line.replace("\\\\", "\\")
    words, word, quoted, letters = [], None, False, iter(text)
    for letter in letters:
        if quoted and letter == "\\":
            word += next(letters)
        elif letter == '"':
            quoted, word = not quoted, "" if word is None else word
        elif letter == " " and not quoted:
            words.append(word)
            word = None
        else:
            word = (word or "") + letter
    words.append(word)
    return [each.replace("%%", "%") for each in words]


TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_every_word_survives_the_exec_line(words):
    assert unquoted(exec_line(words)) == words


@pytest.mark.skipif(ctypes.util.find_library("gio-2.0") is None, reason="no GLib here to read the entry as desktops do")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_glib_reads_the_entry_as_it_was_meant(tmp_path, words):
    autostart = XdgAutostart("companion", [sys.executable, *words], tmp_path)
    autostart.switch(True)
    glib = ctypes.CDLL(ctypes.util.find_library("glib-2.0"))
    gio = ctypes.CDLL(ctypes.util.find_library("gio-2.0"))
    gio.g_desktop_app_info_new_from_filename.restype = ctypes.c_void_p
    gio.g_app_info_get_commandline.restype = ctypes.c_char_p
    gio.g_app_info_get_commandline.argtypes = [ctypes.c_void_p]
    info = gio.g_desktop_app_info_new_from_filename(str(tmp_path / "companion.desktop").encode())
    assert info, "GLib does not take the entry"
    line = gio.g_app_info_get_commandline(info)
    count, found = ctypes.c_int(), ctypes.POINTER(ctypes.c_char_p)()
    glib.g_shell_parse_argv.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    assert glib.g_shell_parse_argv(line, ctypes.byref(count), ctypes.byref(found), None)
    assert [found[each].decode().replace("%%", "%") for each in range(1, count.value)] == words


def test_an_entry_is_written_read_back_and_removed(tmp_path):
    folder = tmp_path / "config" / "autostart"
    autostart = XdgAutostart("companion", COMMAND, folder)
    assert autostart.state() is AutostartState.OFF
    autostart.switch(True)
    autostart.switch(True)
    assert autostart.state() is AutostartState.ON
    assert [each.name for each in folder.iterdir()] == ["companion.desktop"]
    autostart.switch(False)
    autostart.switch(False)
    assert autostart.state() is AutostartState.OFF
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_switched_off_in_the_desktops_own_settings(tmp_path, line):
    autostart = XdgAutostart("companion", COMMAND, tmp_path)
    autostart.switch(True)
    with (tmp_path / "companion.desktop").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert autostart.state() is AutostartState.OFF_ELSEWHERE
    autostart.switch(True)
    assert autostart.state() is AutostartState.ON


def test_an_entry_of_a_program_that_moved_is_told(tmp_path):
    XdgAutostart("companion", ["/old/companion"], tmp_path).switch(True)
    assert XdgAutostart("companion", COMMAND, tmp_path).state() is AutostartState.MOVED
    (tmp_path / "companion.desktop").write_bytes(b"\xff\xfe")
    assert XdgAutostart("companion", COMMAND, tmp_path).state() is AutostartState.OFF


def test_what_no_entry_can_say_is_refused_in_words(tmp_path):
    with pytest.raises(SurroundingsError) as error:
        XdgAutostart("companion", ["/a\nb"], tmp_path).switch(True)
    assert error.value.key == "autostart_refused"
    (tmp_path / "file").write_text("x")
    with pytest.raises(SurroundingsError):
        XdgAutostart("companion", COMMAND, tmp_path / "file").switch(True)


def test_a_launch_agent_is_written_read_back_and_removed(tmp_path):
    agent = LaunchAgent("companion", COMMAND, tmp_path / "LaunchAgents")
    assert agent.state() is AutostartState.OFF
    agent.switch(True)
    assert agent.state() is AutostartState.ON
    file = tmp_path / "LaunchAgents" / "app.companion.plist"
    content = plistlib.loads(file.read_bytes())
    assert content["ProgramArguments"] == list(COMMAND)
    assert content["RunAtLoad"] is True
    file.write_bytes(plistlib.dumps({**content, "Disabled": True}))
    assert agent.state() is AutostartState.OFF_ELSEWHERE
    assert LaunchAgent("companion", ["/new"], file.parent).state() is AutostartState.OFF_ELSEWHERE
    agent.switch(True)
    assert LaunchAgent("companion", ["/new"], file.parent).state() is AutostartState.MOVED
    file.write_bytes(b"no list")
    assert agent.state() is AutostartState.OFF
    agent.switch(False)
    assert not file.exists()


class Registry:
    """The few calls of ``winreg`` that are used, over dictionaries."""

    HKEY_CURRENT_USER, KEY_READ, KEY_SET_VALUE, REG_SZ = "HKCU", 1, 2, 1

    def __init__(self):
        self.keys = {RUN: {}}
        self.locked = False

    def _open(self, hive, path, reserved, access):
        assert hive == "HKCU", "another part of the registry needs an administrator"
        if self.locked and access == self.KEY_SET_VALUE:
            raise PermissionError
        if path not in self.keys:
            raise FileNotFoundError
        return Key(self.keys[path])

    OpenKey = CreateKeyEx = _open

    @staticmethod
    def QueryValueEx(key, name):
        if name not in key.values:
            raise FileNotFoundError
        return key.values[name], 1

    @staticmethod
    def SetValueEx(key, name, reserved, kind, value):
        key.values[name] = value

    @staticmethod
    def DeleteValue(key, name):
        if name not in key.values:
            raise FileNotFoundError
        del key.values[name]


class Key:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        return self

    def __exit__(self, *how):
        return False


def test_the_run_key_is_written_read_back_and_removed():
    registry = Registry()
    key = RunKey("companion", (r"C:\Program Files\Comp\pythonw.exe", "-m", "companion", HIDDEN), registry)
    assert key.state() is AutostartState.OFF
    key.switch(False)
    key.switch(True)
    assert registry.keys[RUN] == {"companion": r'"C:\Program Files\Comp\pythonw.exe" -m companion --hidden'}
    assert key.state() is AutostartState.ON
    registry.keys[APPROVED] = {"companion": bytes([3, 0, 0, 0])}
    assert key.state() is AutostartState.OFF_ELSEWHERE
    key.switch(True)
    assert key.state() is AutostartState.ON
    assert registry.keys[APPROVED] == {}
    registry.keys[APPROVED] = {"companion": bytes([2, 0, 0, 0])}
    assert key.state() is AutostartState.ON
    assert RunKey("companion", ("x",), registry).state() is AutostartState.MOVED
    key.switch(False)
    assert registry.keys == {RUN: {}, APPROVED: {}}


def test_a_registry_that_refuses_is_said():
    registry = Registry()
    registry.locked = True
    with pytest.raises(SurroundingsError):
        RunKey("companion", ("x",), registry).switch(True)


def test_the_own_command_starts_this_program_hidden(tmp_path, monkeypatch):
    script = tmp_path / "companion"
    script.write_text(f"#!{sys.executable}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [str(script), "--demo"])
    assert own_command() == (str(script), HIDDEN)
    assert own_command(tmp_path / "mine")[-3:] == ("--record", str(tmp_path / "mine"), HIDDEN)
    monkeypatch.setattr(sys, "argv", ["-c"])
    assert own_command() == (sys.executable, "-m", "companion", HIDDEN)
    assert json.dumps(own_command())
    assert shlex.join(own_command())


def test_another_record_has_an_entry_of_its_own_that_does_not_tell_it(tmp_path):
    assert own_name() == "companion"
    other = own_name(tmp_path / "maria")
    assert other != own_name(tmp_path / "anna")
    assert "maria" not in other


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG")
def test_this_system_has_a_way(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    autostart = make_autostart()
    autostart.switch(True)
    assert (tmp_path / "autostart" / "companion.desktop").is_file()
    assert autostart.state() is AutostartState.ON
