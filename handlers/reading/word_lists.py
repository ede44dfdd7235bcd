"""The word lists of `words/*.toml`: read once, kept for the life of the process."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"
"""The language whose lists stand in where no other has any."""


@cache
def word_list(name: str) -> dict[str, Any]:
    """The parsed list `words/<name>.toml`; an empty one if there is no such list."""
    file = files("handlers.reading").joinpath("words", f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def read_languages() -> tuple[str, ...]:
    """The languages that have lists of their own."""
    lists = (file.name.split(".") for file in files("handlers.reading").joinpath("words").iterdir())
    return tuple(sorted(name[1] for name in lists if name[0] == "intents"))
