"""``companion learn``: the articles on a terminal, and questions answered by quoting them. It needs no record."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.domain.articles import Article, Block, BlockKind, Level
from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.wording import LANGUAGES, dates, language, say

if TYPE_CHECKING:
    from companion.content.search import Answer, Passage

OF_RECORD = "record"
"""The value of ``--leaflet`` that opens the record and takes its leaflet; nothing else here opens one."""
_WIDEST = 92


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("learn", help=say("learn.cli.about"), description=say("learn.cli.more"))
    parsing.add_globals(command)
    kinds = command.add_subparsers(dest="what", required=True, metavar="WHAT", title=say("cli.usage.commands"))
    for name, act in (("list", _list), ("show", _show), ("ask", _ask)):
        each = kinds.add_parser(name, help=say(f"learn.cli.{name}"), description=say(f"learn.cli.{name}"))
        parsing.add_globals(each)
        if name == "show":
            each.add_argument("slug", metavar="SLUG", help=say("learn.cli.slug"))
        elif name == "ask":
            each.add_argument("text", metavar="TEXT", nargs="+", help=say("learn.cli.text"))
        each.add_argument("--lang", choices=LANGUAGES, help=say("learn.cli.lang"))
        if name != "list":
            levels = [level.value for level in Level]
            each.add_argument("--level", choices=levels, default=Level.PLAIN.value, help=say("learn.cli.level"))
            leaflets = [leaflet.value for leaflet in Leaflet] + [OF_RECORD]
            each.add_argument("--leaflet", choices=leaflets, default=Leaflet.OTHER.value, help=say("learn.cli.leaflet"))
        each.set_defaults(run=act)


def _lang(desk: Desk) -> str:
    return desk.options.lang or language()


def _leaflet(desk: Desk) -> Leaflet:
    if desk.options.leaflet != OF_RECORD:
        return Leaflet(desk.options.leaflet)
    with desk.opened() as services:
        return services.applications.leaflet() or Leaflet.OTHER


def _wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    found = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + hang, break_on_hyphens=False)
    return found or [""]


# list


def _list(desk: Desk) -> int:
    shelf = learning.shelf(_lang(desk))
    value = [
        {
            "slug": each.slug,
            "order": each.order,
            "title": each.title,
            "summary": each.summary,
            "minutes": each.minutes,
            "checked": each.checked.isoformat(),
            "review": each.review,
        }
        for each in shelf
    ]
    lines: list[str] = []
    for each in shelf:
        lines.append(say("learn.cli.line", slug=each.slug, title=each.title))
        lines += _wrapped(each.summary, "    ")
    desk.out.answer(value, lines)
    return 0


# show


def _show(desk: Desk) -> int:
    options = desk.options
    found = learning.article(options.slug, _lang(desk))
    if found is None:
        raise PersonError("no_article", slug=options.slug)
    level, leaflet = Level(options.level), _leaflet(desk)
    desk.out.answer(_article(found, level, leaflet, _lang(desk)), _article_lines(found, level, leaflet))
    return 0


def _article(article: Article, level: Level, leaflet: Leaflet, lang: str) -> dict[str, object]:
    sections = [(section, section.seen_by(leaflet)) for section in article.levels[level]]
    known = learning.sources()
    cited = dict.fromkeys(source for _, blocks in sections for block in blocks for source in block.sources)
    return {
        "slug": article.slug,
        "title": article.title,
        "summary": article.summary,
        "language": lang,
        "level": level.value,
        "leaflet": leaflet.value,
        "checked": article.checked.isoformat(),
        "review": article.review,
        "sections": [
            {"anchor": section.anchor, "heading": section.heading, "blocks": [_block(block) for block in blocks]}
            for section, blocks in sections
            if blocks
        ],
        "sources": [
            {
                "id": source,
                "title": known[source].title,
                "publisher": known[source].publisher,
                "year": known[source].year,
                "address": known[source].address,
                "checked": known[source].checked.isoformat(),
            }
            for source in cited
            if source in known
        ],
    }


def _block(block: Block) -> dict[str, object]:
    return {
        "kind": block.kind.value,
        "text": block.text,
        "leaflet": block.leaflet.value if block.leaflet is not None else None,
        "sources": list(block.sources),
    }


def _article_lines(article: Article, level: Level, leaflet: Leaflet) -> list[str]:
    numbers: dict[str, int] = {}
    lines = [article.title, ""]
    lines += _wrapped(say(f"learn.review.{article.review}", day=dates.long_day(article.checked)))
    for section in article.levels[level]:
        blocks = section.seen_by(leaflet)
        if blocks:
            lines += ["", section.heading, "-" * len(section.heading)]
            lines += _block_lines(blocks, leaflet, numbers)
    return [*lines, "", say("learn.sources"), *_source_lines(numbers), "", *_wrapped(say("learn.no_advice"))]


def _block_lines(blocks: tuple[Block, ...], leaflet: Leaflet, numbers: dict[str, int]) -> list[str]:
    lines: list[str] = []
    shown: Leaflet | None = None
    for block in blocks:
        if block.leaflet is not shown:
            shown = block.leaflet
            if shown is not None:
                lines.append(f"  [{_label(shown, leaflet)}]")
        indent = "  " if shown is not None else ""
        text = _marked(block, numbers)
        if block.kind is BlockKind.ITEM:
            lines += _wrapped(f"- {text}", indent, "  ")
        else:
            lines += _wrapped(text, indent)
    return lines


def _marked(block: Block, numbers: dict[str, int]) -> str:
    """Return the words of a block with the numbers of its sources in brackets."""
    cells = []
    for cell in block.cells:
        text = ""
        for run in cell:
            if run.sources:
                for source in run.sources:
                    numbers.setdefault(source, len(numbers) + 1)
                text += f" [{','.join(str(numbers[source]) for source in run.sources)}]"
            else:
                text += run.text
        cells.append(" ".join(text.split()))
    return " | ".join(cells)


def _source_lines(numbers: dict[str, int]) -> list[str]:
    known = learning.sources()
    lines: list[str] = []
    for source, number in numbers.items():
        if source in known:
            lines += _wrapped(f"[{number}] {_source(source)}", "", "    ")
    return lines


def _source(source: str) -> str:
    found = learning.sources()[source]
    key = "learn.published" if found.year is not None else "learn.published_undated"
    where = say(key, publisher=found.publisher, year=found.year)
    line = say("learn.source_line", title=found.title, where=where, day=dates.long_day(found.checked))
    return f"{line} {found.address}"


# ask


def _ask(desk: Desk) -> int:
    options = desk.options
    leaflet = _leaflet(desk)
    question = " ".join(options.text)
    answer = learning.ask(question, Level(options.level), leaflet, _lang(desk))
    value = {
        "kind": answer.kind.value,
        "passages": [
            {"article": each.article, "text": _quoted(each, leaflet), "sources": list(each.sources)}
            for each in answer.passages
        ],
    }
    desk.out.answer(value, _answer_lines(answer, leaflet))
    return 0


def _answer_lines(answer: Answer, leaflet: Leaflet) -> list[str]:
    from companion.content.search import AnswerKind

    lines: list[str] = []
    if answer.kind is AnswerKind.URGENT:
        from companion.cli.help_page import help_lines
        from companion.services.treatment import rules_of

        lines += help_lines(answer.categories, rules_of(leaflet).emergency_number)
    elif answer.kind is AnswerKind.ASK_YOUR_DOCTOR:
        lines += [*_wrapped(f"{say('learn.ask.doctor.title')}. {say('learn.ask.doctor.text')}"), ""]
    elif not answer.passages:
        return _wrapped(f"{say('learn.ask.none.title')}. {say('learn.ask.none.text')}")
    numbers: dict[str, int] = {}
    for passage in answer.passages:
        lines += _passage_lines(passage, leaflet, numbers)
    return lines + ([say("learn.sources"), *_source_lines(numbers)] if answer.passages else [])


def _quoted(passage: Passage, leaflet: Leaflet) -> str:
    """Return a passage word for word; above the rules of a leaflet stands whose they are, so that they never mix."""
    section = learning.section(passage.article, passage.anchor, passage.level)
    lines: list[str] = []
    shown: Leaflet | None = None
    for block in section.seen_by(leaflet) if section is not None else ():
        if block.leaflet is not shown:
            shown = block.leaflet
            if shown is not None:
                lines.append(_label(shown, leaflet))
        lines.append(block.text)
    return "\n".join(lines)


def _label(whose: Leaflet, own: Leaflet) -> str:
    return say(f"learn.leaflet.{'own' if whose is own else 'other'}.{whose.value}")


def _passage_lines(passage: Passage, leaflet: Leaflet, numbers: dict[str, int]) -> list[str]:
    head = say("learn.ask.from", title=passage.title, heading=passage.heading)
    section = learning.section(passage.article, passage.anchor, passage.level)
    blocks = section.seen_by(leaflet) if section is not None else ()
    more = say("learn.cli.read", slug=passage.article)
    return [head, *_block_lines(blocks, leaflet, numbers), f"({more})", ""]
