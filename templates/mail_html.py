"""A mail's HTML: our style sheet is written into the tags when a template is loaded, not per mail.

Mail readers drop style sheets; what stands in each tag stays. Jinja's own marks travel through the
inliner as comments, because it would move bare text out of a table.
"""

import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

STYLE = "mail.css"

_STATEMENT = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
_HIDDEN = re.compile(r"<!--(\{[%#].*?[%#]\})-->", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class Loader(FileSystemLoader):
    """Templates from folders, the first that has one decides; those of mails with their style inlined."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(folders)
        self.style = next(path for folder in folders if (path := folder / STYLE).is_file()).read_text(encoding="utf-8")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        if is_mail(template):
            source = inlined(source, self.style)
        return source, path, fresh


def is_mail(template: str) -> bool:
    return template.endswith(".html") and not template.endswith(".telegram.html")


@lru_cache(maxsize=256)
def inlined(source: str, style: str) -> str:
    """A template with the style in its tags; a whole page keeps its rules for dark and small screens."""
    import css_inline  # not every shop writes mails

    hidden = _STATEMENT.sub(r"<!--\g<0>-->", source)
    if "<html" in hidden:
        ready = css_inline.inline(hidden, extra_css=style, keep_at_rules=True, load_remote_stylesheets=False)
    else:
        ready = css_inline.inline_fragment(hidden, style, load_remote_stylesheets=False)
    shown = _HIDDEN.sub(r"\g<1>", ready)
    return _EXPRESSION.sub(lambda found: html.unescape(found[0]), shown)
