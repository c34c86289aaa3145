"""An article on paper: as a PDF file or through the system's print dialog. Always in the light look, with its sources.

The document is built with a cursor from plain text; nothing in it is parsed as markup or loaded.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QStandardPaths, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QWidget

from companion.domain.articles import Block, BlockKind, Run
from companion.domain.errors import SurroundingsError
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui import theme
from companion.ui.pages.learn.reader import Shown
from companion.ui.widgets import file_choice
from companion.ui.widgets.article_view_text import mark_after
from companion.ui.widgets.mechanism_card import PictureCard
from companion.wording import say

_SIZES = {"title": 20.0, "heading": 13.0, "body": 10.5, "small": 8.5}
_PICTURE = 460
"""How wide a picture is on paper, in px of 1/96 inch."""
_SHARP = 3


class Paper:
    """Builds the document of one article."""

    def __init__(self, shown: Shown, picture: PictureCard | None) -> None:
        self._shown, self._picture = shown, picture
        self._numbers = shown.numbers()
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(_font("body"))
        self._cursor = QTextCursor(self.document)
        self._fresh = True
        self._build()

    def _build(self) -> None:
        shown, words = self._shown, self._shown.words
        self._line(shown.article.title, "title", strong=True)
        self._line(words.review(shown.article), "small", above=4)
        self._line(words.say("learn.no_advice"), "small")
        if self._picture is not None:
            self._add_picture(self._picture)
        for section in shown.sections:
            blocks = section.seen_by(shown.leaflet)
            if blocks:
                self._line(section.heading, "heading", strong=True, above=14, keep=True)
                self._blocks(blocks)
        self._sources()

    # Text

    def _block(self, above: float = 0.0, left: float = 0.0, keep: bool = False, hang: float = 0.0) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLeftMargin(left)
        form.setTextIndent(-hang)
        form.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if keep:
            form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_Auto)
            form.setNonBreakableLines(True)
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._fresh = False
        else:
            self._cursor.insertBlock(form)

    def _line(self, text: str, kind: str, strong: bool = False, above: float = 0.0, keep: bool = False) -> None:
        self._block(above, keep=keep)
        self._cursor.insertText(text, _form(kind, strong))

    def _runs(self, runs: tuple[Run, ...], kind: str = "body", strong: bool = False) -> None:
        before = ""
        for run in runs:
            if run.sources:
                marks = [str(self._numbers[each]) for each in run.sources if each in self._numbers]
                form = _form("small", False)
                form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                self._cursor.insertText("\u202f" + mark_after(before, ",".join(marks)), form)
            elif run.text:
                before = run.text
                self._cursor.insertText(run.text, _form(kind, strong or run.strong))

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        at = 0
        leaflet: Leaflet | None = None
        while at < len(blocks):
            block = blocks[at]
            if block.leaflet is not leaflet:
                leaflet = block.leaflet
                if leaflet is not None:
                    self._block(8, left=14)
                    self._cursor.insertText(self._shown.words.leaflet(leaflet), _form("small", True))
            left = 14.0 if leaflet is not None else 0.0
            if block.kind in (BlockKind.HEADER_ROW, BlockKind.ROW):
                end = at
                while end < len(blocks) and blocks[end].kind in (BlockKind.HEADER_ROW, BlockKind.ROW):
                    end += 1
                self._table(blocks[at:end])
                at = end
                continue
            if block.kind is BlockKind.ITEM:
                self._block(3, left + 14, hang=10)
                self._cursor.insertText("• ", _form("body", False))
            else:
                self._block(5, left)
            self._runs(block.runs)
            at += 1

    def _table(self, rows: tuple[Block, ...]) -> None:
        form = QTextTableFormat()
        form.setCellPadding(3)
        form.setCellSpacing(0)
        form.setBorder(0.5)
        form.setBorderBrush(theme.load("light").colour("control"))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setHeaderRowCount(1)
        form.setTopMargin(6)
        columns = max(len(row.cells) for row in rows)
        table = self._cursor.insertTable(len(rows), columns, form)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row.cells):
                self._cursor = table.cellAt(number, column).firstCursorPosition()
                self._runs(cell, "body", row.kind is BlockKind.HEADER_ROW)
        self._cursor = QTextCursor(self.document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _sources(self) -> None:
        words, known = self._shown.words, learning.sources()
        self._line(words.say("learn.sources"), "heading", strong=True, above=16, keep=True)
        for source, number in self._numbers.items():
            if source in known:
                self._block(3, 16, hang=16)
                text = words.say("learn.numbered", number=number, text=words.source_line(known[source]))
                self._cursor.insertText(f"{text} {known[source].address}", _form("small", False))

    # Picture

    def _add_picture(self, card: PictureCard) -> None:
        look = theme.load("light")
        image = QImage(_PICTURE * _SHARP, _PICTURE * 2 * _SHARP, QImage.Format.Format_RGB32)
        image.fill(look.colour("surface"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(_SHARP, _SHARP)
        height = card.paper_picture(painter, float(_PICTURE), look)
        painter.end()
        if height <= 0:
            return
        image = image.copy(0, 0, image.width(), int(height * _SHARP))
        self.document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("picture"), image)
        self._block(14)
        single = self._cursor.blockFormat()
        single.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._cursor.setBlockFormat(single)
        form = QTextImageFormat()
        form.setName("picture")
        form.setWidth(_PICTURE)
        form.setHeight(height)
        self._cursor.insertImage(form)
        for line in card.paper_lines():
            self._line(line, "small", above=3)


def _font(kind: str, strong: bool = False) -> QFont:
    made = QFont(theme.font("body"))
    made.setPointSizeF(_SIZES[kind])
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made


def _form(kind: str, strong: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(_font(kind, strong))
    form.setForeground(theme.load("light").colour("ink"))
    return form


def page_layout(leaflet: Leaflet) -> QPageLayout:
    """Return the page: Letter for readers of the US leaflet, A4 for all others."""
    size = QPageSize.PageSizeId.Letter if leaflet is Leaflet.US else QPageSize.PageSizeId.A4
    margins = QMarginsF(4, 4, 4, 4)  # the document keeps 2 cm more of its own
    return QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def pdf(shown: Shown, picture: PictureCard | None) -> bytes:
    """Return an article as a PDF. Its properties name the article and the program, nothing else."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(shown.article.title)
    writer.setCreator(shown.words.say("common.brand"))
    writer.setPageLayout(page_layout(shown.leaflet))
    Paper(shown, picture).document.print_(writer)
    del writer  # ends the file
    return bytes(buffer.data().data())


def save(path: Path, data: bytes) -> None:
    """Write a PDF to ``path``, whole or not at all.

    Raises:
        SurroundingsError: ``paper_not_saved``.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise SurroundingsError("paper_not_saved") from error


def print_article(shown: Shown, picture: PictureCard | None, parent: QWidget) -> None:
    """Show the system's print dialog and print when the person says so."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(shown.article.title)
    printer.setCreator(shown.words.say("common.brand"))
    printer.setPageLayout(page_layout(shown.leaflet))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        Paper(shown, picture).document.print_(printer)


def ask_where(shown: Shown, parent: QWidget) -> Path | None:
    """Ask for the file to save to; ``None`` when the person changes their mind."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    first = Path(folder) / f"{shown.article.slug}.pdf"
    return file_choice.choose_target(parent, say("learn.save_pdf"), first, "PDF (*.pdf)")
