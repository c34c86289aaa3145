"""Which calls are whose, languages, help, exit codes and the two forms of an answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from companion import cli
from companion.cli.output import plain
from companion.cli.program import spoken

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        ([], False),
        (["--demo"], False),
        (["--record", "DIR"], False),
        (["--record=DIR"], False),
        (["--clock", "2026-11-21T08:00+01:00", "--demo"], False),
        (["tour", "DIR"], False),
        (["tour", "DIR", "--lang", "it"], False),
        (["tour", "--help"], False),
        (["agenda"], True),
        (["--record", "tour", "agenda"], True),
        (["--record", "DIR", "log", "apply"], True),
        (["--json", "agenda"], True),
        (["--help"], True),
        (["-h"], True),
        (["--version"], True),
        (["frobnicate"], True),
        (["--language", "it", "agenda"], True),
    ],
)
def test_whose_call_it_is(words, ours):
    assert cli.handles(words) is ours


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "it_IT.UTF-8"}, "it"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "it_IT.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "it_CH", "LANG": "en_US"}, "it"),
        ([], {"COMPANION_LANGUAGE": "it", "LANG": "en_US"}, "it"),
        ([], {"COMPANION_LANGUAGE": "xx", "LANG": "it_IT"}, "it"),
        (["--language", "en", "agenda"], {"COMPANION_LANGUAGE": "it"}, "en"),
        (["agenda", "--language=it"], {}, "it"),
        (["agenda", "--language"], {}, "en"),
    ],
)
def test_which_language_is_spoken(argv, environ, language):
    assert spoken(argv, environ) == language


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    "words",
    [
        [], ["init"], ["demo"], ["check"], ["agenda"], ["log"], ["log", "apply"], ["log", "skip"], ["log", "missed"],
        ["log", "symptom"], ["log", "note"], ["photos"], ["photos", "add"], ["photos", "list"], ["photos", "export"],
        ["export"], ["export", "csv"], ["export", "ics"], ["tour"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_explains_itself_in_both_languages(run, words, language):
    result = run("--language", language, *words, "--help")
    assert result.code == 0
    assert result.out.startswith(("usage:" if language == "en" else "uso:") + " companion")
    assert "--clock" not in result.out
    assert result.err == ""
    leftover = ("show this help message", "positional arguments", "optional arguments")
    assert not any(each in result.out for each in leftover)


def test_the_version(run):
    assert run("--version").out == "Companion 0.1.0\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["frob"], "frob is not a command"),
        ([], "COMMAND"),
        (["agenda", "--frob"], "--frob"),
        (["agenda", "--days"], "--days wants a value"),
        (["agenda", "--days", "many"], "many is not a whole number"),
        (["agenda", "--from", "21/11/2026"], "21/11/2026 is not a day"),
        (["agenda", "--from", "2026-02-30"], "2026-02-30 is not a day"),
        (["log"], "KIND"),
        (["log", "apply", "--at", "2026-11-21T07:00"], "time zone"),
        (["log", "apply", "--at", "2026-11-21"], "time zone"),
        (["log", "apply", "--at", "yesterday"], "yesterday is not a time"),
        (["log", "apply", "--slot", "noon"], "It can be: morning, evening"),
        (["log", "apply", "--grams", "much"], "much is not an amount"),
        (["log", "apply", "--grams", "nan"], "nan is not an amount"),
        (["log", "symptom", "frob"], "It can be: spots"),
        (["log", "symptom", "itch", "--bad", "4"], "4 is not on the scale"),
        (["log", "note"], "TEXT"),
        (["init"], "--leaflet"),
        (["init", "--leaflet", "it"], "It can be: us, eu, other"),
        (["init", "--leaflet", "eu", "--morning", "25:00"], "25:00 is not a time"),
        (["init", "--leaflet", "eu", "--place", "elbow"], "elbow is not a region"),
        (["init", "--leaflet", "eu", "--place", "face:big"], "big is not a size"),
        (["photos", "add", "x.jpg"], "--place"),
        (["export", "xls", "DIR"], "xls is not a command"),
        (["demo"], "DIR"),
        (["demo", "DIR", "--skin", "7"], "--skin cannot be 7"),
        (["tour", "DIR", "--size", "small"], "small is not a size"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_said_and_touches_nothing(run, ask, tmp_path, words, said):
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "--help" in result.err
    told = ask(*words)
    assert (told.code, told.out) == (2, "")
    assert told.error["error"] == "usage"
    assert said in told.error["message"]
    assert list(tmp_path.iterdir()) == []


def test_a_zone_of_the_clock_that_does_not_exist(run):
    assert run("agenda", clock="2026-11-21T08:00+01:00[Mars]").code == 2


def test_usage_is_explained_in_italian(run):
    result = run("--language", "it", "agenda", "--days", "molti")
    assert "molti non è un numero intero" in result.err


def test_without_a_record_the_reason_and_the_way_out_are_said(run, ask, tmp_path):
    for words in (["agenda"], ["check"], ["log", "apply"], ["photos", "list"], ["export", "csv", str(tmp_path / "x")]):
        result = run(*words)
        assert (result.code, result.out) == (1, "")
        assert "companion init" in result.err
        assert ask(*words).error["error"] == "no_record"
    assert list(tmp_path.iterdir()) == []


def test_options_work_before_and_after_the_command(home, run):
    assert run("agenda", "--json", "--record", home.services.record.folder).value
    assert run("--json", "--record", home.services.record.folder, "agenda").value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("così 🧴\n\tתודה", "così 🧴\n\tתודה"),
        ("\x1b[31mred\x1b[0m\x07", "\ufffd[31mred\ufffd[0m\ufffd"),
        ("abc\u202etxt.exe", "abc\ufffdtxt.exe"),
        ("a\r\x00b\x9b", "a\ufffd\ufffdb\ufffd"),
    ],
)
def test_a_terminal_obeys_nothing_that_people_or_files_are_called(text, shown):
    assert plain(text) == shown


def installed(*words, **environ):
    """Call the program as a process."""
    return subprocess.run(
        [sys.executable, "-m", "companion", *map(str, words)],
        cwd=ROOT,
        env={"PATH": "", "LANG": "C.UTF-8", "PYTHONWARNINGS": "error", **environ},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


def test_no_command_loads_qt(tmp_path):
    """Neither reading the words of any command, nor carrying one out."""
    code = (
        "import sys; from companion import cli\n"
        f"cli.main(['--record', {str(tmp_path / 'none')!r}, 'agenda'])\n"
        f"cli.main(['--record', {str(tmp_path / 'r')!r}, 'init', '--leaflet', 'eu'])\n"
        f"cli.main(['--record', {str(tmp_path / 'r')!r}, 'log', 'apply'])\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'companion.desktop'))])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "", "COMPANION_PASSPHRASE": "caffè nero 42"},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_asking_whose_call_it_is_loads_nothing():
    code = (
        "import sys, companion.cli as c; c.handles(['--demo'])\n"
        "print(sorted(name for name in sys.modules if 'companion' in name))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['companion', 'companion.cli']"


def test_a_program_that_is_not_installed_whole_can_still_say_so():
    """Without its database driver it explains itself, and the self-check names what does not work."""
    code = "import sys; sys.modules['sqlcipher3'] = None; from companion import cli; sys.exit(cli.main({}))"
    for words, code_wanted, said in (
        (["--help"], 0, "usage: companion"),
        (["check", "--self"], 1, "NOT good: a record made"),
    ):
        result = subprocess.run(
            [sys.executable, "-c", code.format(words)],
            cwd=ROOT,
            env={"PATH": "", "LANG": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (result.returncode, result.stderr) == (code_wanted, "")
        assert said in result.stdout


def test_the_program_as_a_process_keeps_its_exit_codes_and_streams(tmp_path):
    record = tmp_path / "record"
    wrong = installed("agenda", "--days", "x")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    absent = installed("--record", record, "agenda")
    assert (absent.returncode, absent.stdout) == (1, "")
    made = installed("--record", record, "init", "--leaflet", "eu", COMPANION_PASSPHRASE="caffè nero 42")
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    locked = installed("--record", record, "agenda")
    assert locked.returncode == 1
    assert "COMPANION_PASSPHRASE" in locked.stderr
    wrong = installed("--record", record, "agenda", COMPANION_PASSPHRASE="another one")
    assert wrong.returncode == 1
    good = installed("--record", record, "agenda", "--language", "it", COMPANION_PASSPHRASE="caffè nero 42")
    assert good.returncode == 0
    assert "Mattina, 08:00" in good.stdout


def test_an_answer_nobody_reads_to_the_end_is_no_trouble(home):
    code = (
        f"import sys; from companion import cli\n"
        f"sys.exit(cli.main(['--record', {str(home.services.record.folder)!r}, 'agenda', '--days', '3000']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 1
    assert complaint == ""
