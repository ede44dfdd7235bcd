"""HTML as text: blocks make lines, cells are joined by tabs, what a client marks as quoted gets "> "."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 2_000
"""The parser needs quadratic time for nested elements; mails nest some dozens of them."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
SKIPPED = frozenset(
    "head script style title noscript template svg object iframe select textarea -comment -doctype".split()  # noqa: SIM905
)
STRUCK = frozenset(["s", "strike", "del"])
"""Struck out words were taken back by whoever struck them."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
OPTIONAL_END = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "html", "body"])

HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|text-decoration[\w\s-]*:[^;]*line-through",
    re.IGNORECASE,
)

QUOTE_CLASSES = frozenset(
    [
        "gmail_attr",
        "moz-cite-prefix",
        "moz-email-headers-table",
        "yahoo_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra",
        "gmail_extra_quote",
        "ms-outlook-mobile-reference-message",
    ]
)
QUOTE_NAMES = frozenset({"quote", "messagereplysection"})
ANSWERED_IDS = frozenset(
    "divrplyfwdmsg x_divrplyfwdmsg appendonsend x_appendonsend mail-editor-reference-message-container".split()  # noqa: SIM905
)
"""After an element with one of these ids there is nothing of the writer's own."""

SHORT_CELL = 200
MOST_STEPS = 200_000
"""A mail has some thousands of elements; what comes after so many is left out."""


Attributes = Mapping[str, str | None]


def html_to_text(html: str) -> str:
    """The text that a reader of the mail sees."""
    if _depth(html) > DEEPEST:
        return re.sub(r"[^\S\n]+", " ", re.sub(r"<[^<>]{0,2000}>", "\n", html)).strip()
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    page = _Page()
    _walk(body, page)
    return page.text()


def _depth(html: str) -> int:
    """How deep elements nest, counted without a parser (elements whose end tag may be left out do not count)."""
    depth = deepest = 0
    for end, tag in re.findall(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})", html):
        name = tag.lower()
        if name in VOID or name in OPTIONAL_END:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        deepest = max(deepest, depth)
    return deepest


@dataclass(slots=True)
class _Page:
    """The lines written so far and the state at this place of the document."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quotes: int = 0
    cells: int = 0
    preformatted: int = 0

    def write(self, text: str) -> None:
        if self.preformatted:
            first, *more = text.split("\n")
            self.line.append(first)
            for part in more:
                self.end_line(keep_empty=True)
                self.line.append(part)
        else:
            self.line.append(re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ")))

    def end_line(self, *, keep_empty: bool = False) -> None:
        text = re.sub(r" {2,}", " ", "".join(self.line)) if not self.preformatted else "".join(self.line)
        text = re.sub(r" *\t *", "\t", text).strip()
        self.line.clear()
        if text or keep_empty:
            self.lines.append("> " * self.quotes + text)

    def text(self) -> str:
        self.end_line()
        return "\n".join(line.rstrip() for line in self.lines).strip()


class _Step(NamedTuple):
    """One visit: a node to enter, or (`leave`) to close with what its entering changed."""

    node: LexborNode
    leave: bool = False
    quotes: int = 0
    cell: bool = False


def _walk(body: LexborNode, page: _Page) -> None:
    stack = [_Step(body)]
    for _ in range(MOST_STEPS):
        if not stack:
            return
        step = stack.pop()
        if step.leave:
            _leave(step, page)
        else:
            stack.extend(_enter(step, page))


def _enter(step: _Step, page: _Page) -> list[_Step]:
    node, tag = step.node, step.node.tag or ""
    if tag == "-text":
        page.write(node.text_content or "")
        return []
    if tag in SKIPPED or tag in STRUCK:
        return []
    attributes = node.attributes
    if _hidden(attributes):
        return []
    if tag == "br":
        _break(page, keep_empty=True)
        return []
    return _open(node, tag, attributes, page)


def _open(node: LexborNode, tag: str, attributes: Attributes, page: _Page) -> list[_Step]:
    cell = tag in ("td", "th") and _is_data_cell(node)
    if tag in BLOCKS:
        _break(page, keep_empty=tag == "p" and bool(page.lines) and page.lines[-1].strip("> ") != "")
    if _begins_answered_mail(attributes):
        page.quotes += 1
    quotes = int(_is_quote(attributes, tag))
    page.quotes += quotes
    page.cells += cell
    page.preformatted += tag == "pre"
    return [_Step(node, leave=True, quotes=quotes, cell=cell), *reversed(_children(node))]


def _children(node: LexborNode) -> list[_Step]:
    steps, child = [], node.first_child
    while child is not None:
        steps.append(_Step(child))
        child = child.next
    return steps


def _leave(step: _Step, page: _Page) -> None:
    tag = step.node.tag or ""
    if tag in BLOCKS:
        _break(page)
    page.preformatted -= tag == "pre"
    page.quotes -= step.quotes
    page.cells -= step.cell
    if tag in ("td", "th"):
        page.line.append("\t")


def _break(page: _Page, *, keep_empty: bool = False) -> None:
    """A new line; inside a cell of an order table a space, so that a row stays one line."""
    if page.cells:
        page.line.append(" ")
    else:
        page.end_line(keep_empty=keep_empty)


def _hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style") or ""))


def _is_quote(attributes: Attributes, tag: str) -> bool:
    return (
        tag == "blockquote"
        or not QUOTE_CLASSES.isdisjoint((attributes.get("class") or "").lower().split())
        or (attributes.get("name") or "").lower() in QUOTE_NAMES
        or attributes.get("data-marker") == "__QUOTED_TEXT__"
    )


def _begins_answered_mail(attributes: Attributes) -> bool:
    return (attributes.get("id") or "").lower() in ANSWERED_IDS


def _is_data_cell(node: LexborNode) -> bool:
    """A short cell beside another one: order tables have such cells, tables for layout have long or single ones."""
    if not _has_neighbour(node) or node.css_first("table") is not None:
        return False
    return len(node.text()) <= SHORT_CELL


def _has_neighbour(node: LexborNode) -> bool:
    return _beside(node, forward=True) or _beside(node, forward=False)


def _beside(node: LexborNode, *, forward: bool) -> bool:
    """Whether the next element on this side is a cell; white space between cells is a node, too."""
    sibling = node.next if forward else node.prev
    while sibling is not None and sibling.tag in ("-text", "-comment"):
        sibling = sibling.next if forward else sibling.prev
    return sibling is not None and sibling.tag in ("td", "th")
