"""The house rules that a machine can hold, each shown to fail once."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "companion"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)
CONTRACTS = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]


LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(folder / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_contract_holds():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {CONTRACTS.count('[[tool.importlinter.contracts]]')} kept, 0 broken." in result.stdout


WRONG = {
    "Layers": ("companion/domain/moments.py", "import companion.services.changes"),
    "The command line needs no desktop and no Qt": ("companion/cli/__init__.py", "import companion.desktop"),
    "No Qt below the desktop": ("companion/services/journal.py", "from PySide6 import QtCore"),
    "The database lives in storage": ("companion/services/journal.py", "import sqlalchemy"),
    "Pictures are decoded in imaging": ("companion/services/album.py", "import PIL"),
    "Pages and subcommands speak to services": ("companion/ui/context.py", "import companion.storage"),
    "No knots": ("companion/wording/resources.py", "import companion.content.leaflets\n"),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_contract_has_been_seen_to_fail(name: str, tmp_path: Path):
    """A skeleton of the package with one wrong import added breaks the contract that forbids it."""
    for source in PACKAGE.rglob("*.py"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.importlinter]" + CONTRACTS, encoding="utf-8")
    file, line = WRONG[name]
    culprit = tmp_path / file
    culprit.write_text(culprit.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    if name == "No knots":
        other = tmp_path / "companion/content/leaflets.py"
        other.write_text(other.read_text(encoding="utf-8") + "\nimport companion.wording.resources\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1, result.stdout
    assert re.search(rf"{re.escape(name)} BROKEN", result.stdout), result.stdout


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def captured_self(source: str) -> list[int]:
    """Lines on which a lambda or partial that names ``self`` is connected to a signal: it would live for ever."""
    found = []
    for call in calls(ast.parse(source), "connect"):
        for argument in call.args:
            is_partial = isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith("partial")
            if (isinstance(argument, ast.Lambda) or is_partial) and "self" in {
                node.id for node in ast.walk(argument) if isinstance(node, ast.Name)
            }:
                found.append(call.lineno)
    return found


def test_no_lambda_or_partial_that_captures_self_is_connected():
    assert captured_self("self.button.clicked.connect(lambda: self.go())") == [1]
    assert captured_self("self.button.clicked.connect(partial(self.go, 1))") == [1]
    assert captured_self("self.button.clicked.connect(self.go)") == []
    offenders = {path.name: lines for path in SOURCES if (lines := captured_self(path.read_text("utf-8")))}
    assert offenders == {}


HEX = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']""")


def test_colours_and_style_sheets_are_in_the_theme_alone():
    offenders = []
    for path in SOURCES:
        if path.name == "theme.py" and path.parent.name == "ui":
            continue
        text = path.read_text("utf-8")
        if "ui" in path.parts and HEX.search(text):
            offenders.append(f"{path.relative_to(ROOT)}: hex colour")
        tree = ast.parse(text)
        offenders += [
            f"{path.relative_to(ROOT)}:{call.lineno}: {name}"
            for name in ("setStyleSheet", "setPalette")
            for call in calls(tree, name)
        ]
    assert HEX.search("'#1E2B2D'")
    assert offenders == []


def guesses(source: str) -> list[int]:
    """Lines on which Qt is left to guess a picture's format, which can lock the program up on a worker."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("Image.fromData", ".loadFromData", "QImageReader"))
        and len(node.args) < 2
    ]


def test_no_picture_is_decoded_by_guessing_its_format():
    assert guesses("image = QImage.fromData(data)") == [1]
    assert guesses('image = QImage.fromData(data, "JPEG")') == []
    assert {path.name: lines for path in SOURCES if (lines := guesses(path.read_text("utf-8")))} == {}


def clock_reads(source: str) -> list[str]:
    forbidden = ("datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today")
    return [
        f"{node.lineno}: {name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for name in [ast.unparse(node.func)]
        if name in forbidden or name.endswith((".currentDateTime", ".currentDate", ".currentTime"))
    ]


def test_there_is_one_clock():
    assert clock_reads("x = datetime.now(UTC)\ny = QDate.currentDate()") == ["1: datetime.now", "2: QDate.currentDate"]
    others = [path for path in SOURCES if path.relative_to(PACKAGE).as_posix() != "schedule/clock.py"]
    offenders = {path.name: reads for path in others if (reads := clock_reads(path.read_text("utf-8")))}
    assert offenders == {}


def test_migrations_import_nothing_of_ours():
    versions = sorted((PACKAGE / "storage" / "migrations" / "versions").glob("*.py"))
    assert versions
    for path in versions:
        assert "companion" not in path.read_text("utf-8").partition('"""')[2].partition('"""')[2], path.name


@pytest.mark.parametrize("limit", [400])
def test_rooms_stay_small(limit: int):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text("utf-8").splitlines())) > limit
    }
    assert long == {}


def test_functions_stay_small():
    long = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.body[0].lineno + 1
                documented = ast.get_docstring(node) is not None and len(node.body) > 1
                if documented:
                    lines = (node.end_lineno or 0) - node.body[1].lineno + 1
                if lines > 50:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_services_and_the_command_line_load_no_qt():
    code = (
        "import sys, companion.cli, companion.services.applications, companion.services.journal\n"
        "import companion.services.album, companion.services.treatment, companion.services.opening\n"
        "heavy = ('PySide6', 'sqlalchemy', 'PIL', 'numpy', 'alembic', 'keyring')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_void_calls_keep_none_alive():
    """PySide6 6.12.0 drops one reference to None in every void call on Python 3.11, and the interpreter dies."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(300):
        thing.setObjectName("name")
    assert sys.getrefcount(None) >= before - 50


def test_tests_do_not_sleep():
    pattern = re.compile(r"\btime\.sleep\(|qtbot\.wait\(|QTest\.qWait\(")
    sleepers = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != Path(__file__) and pattern.search(path.read_text("utf-8"))
    ]
    assert sleepers == []


def test_top_level_holds_what_it_may():
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if not listing.stdout:
        pytest.skip("not a git checkout, so nothing says what is tracked")
    tops = {name.split("/")[0] for name in listing.stdout.splitlines()}
    allowed = {"companion", "resources", "tests", "pyproject.toml", "README.md"}
    assert {top for top in tops if not top.startswith(".")} <= allowed
