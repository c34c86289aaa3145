"""What the storage tests share: an open record, and a person without rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.records import make_record

NOBODY = 65_534


@pytest.fixture
def record(tmp_path):
    """An open, empty record; closed at the end."""
    made = make_record(tmp_path)
    yield made
    made.close()


@pytest.fixture
def common_folder():
    """A folder that a person without rights can reach and owns (``tmp_path`` is closed to them)."""
    folder = Path(tempfile.mkdtemp(prefix="companion-test-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for each in (folder, *folder.rglob("*")):
        if each.is_dir():
            each.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def without_rights():
    """A way to do something as a person who is not root, since root can write anywhere."""

    @contextmanager
    def lower():
        if os.name != "posix":
            pytest.skip("rights work another way here")
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return lower
