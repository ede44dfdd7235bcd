"""The templates of one language: found by notice and channel, compiled once."""

from collections.abc import MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, StrictUndefined, Template, pass_context, select_autoescape
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from templates import labels
from templates.filters import Filters, ShopFacts, visible
from templates.locales import local
from templates.mail_html import Loader

OURS = Path(__file__).parent
LAYOUT = OURS / "layout"
LAST_RESORT = "en"

LINES, READ_LINES, LINES_END = "\x1c", "\x1d", "\x1f"
"""Where an order's lines begin in a mail's text, alone or with the words they were read from, and where they end.

Its HTML has a table in their place; nobody sees the marks.
"""

TEXT, SUBJECT, MAIL, CHAT = ".txt", ".subject.txt", ".html", ".telegram.html"


class _Compiled(BytecodeCache):
    """What each text was compiled to: who makes the house anew need not wait for it again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        source, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if source == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


@lru_cache(maxsize=16)
def _compiled(_language: str, _shop: ShopFacts) -> _Compiled:
    # For each language and shop its own: Jinja works out filters of constants when it compiles.
    return _Compiled()


class _Environment(Environment):
    """Jinja's own, with a shorter way to begin a rendering."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary, which each rendering begins with; ours are complete before a template is loaded."""
        return {**self.globals, **(d or {})}


class Tongue:
    """One language in one shop; the owner's own folder of texts goes before ours."""

    def __init__(self, language: str, shop: ShopFacts, overrides: Path | None) -> None:
        self.folders = _folders(language, overrides)
        self.labels = labels.load(language, self.folders)
        self.filters = Filters(shop, self.labels, local(self.labels.text("language", "locale")))
        self.loader = Loader((*self.folders, *((overrides / "layout",) if overrides else ()), LAYOUT))
        self.env = self._environment(_compiled(language, shop))
        self.env.filters.update(self.filters.by_name)
        self.env.globals.update(
            shop=shop, language=language, label=self.filters.label, alarm=self.filters.alarm, text_of=self._text_of
        )
        # As markup: the marks are what nobody sees, and must stay.
        begin, read_begin, end = map(Markup, (LINES, READ_LINES, LINES_END))
        self.env.globals.update(lines_begin=begin, read_lines_begin=read_begin, lines_end=end)
        # The paths of a language do not change while the program runs.
        self.find = cache(self._find)

    def _environment(self, compiled: BytecodeCache) -> Environment:
        return _Environment(
            loader=self.loader,
            bytecode_cache=compiled,
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            finalize=visible,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )

    @pass_context
    def _text_of(self, context: Context, name: str) -> str:
        # A text that is included in HTML would not be escaped; as a value it is.
        return self.env.get_template(name).render(context.get_all()).strip("\n")

    def _find(self, notice: str, *endings: str) -> Template | None:
        """The notice's nearest template with one of these endings, the most special one first.

        Folder by folder: the owner's plain text goes before a more special one of ours.
        """
        for folder in self.folders:
            for ending in endings:
                if (folder / f"{notice}{ending}").is_file():
                    return self.env.get_template(f"{notice}{ending}")
        return None


def _folders(language: str, overrides: Path | None) -> tuple[Path, ...]:
    return (overrides / language, ours(language)) if overrides else (ours(language),)


def ours(language: str) -> Path:
    """The folder of our own texts that says what the owner's leaves out."""
    return OURS / language if has_language(OURS, language) else OURS / LAST_RESORT


def has_language(folder: Path, language: str) -> bool:
    return (folder / language / labels.FILE).is_file()
