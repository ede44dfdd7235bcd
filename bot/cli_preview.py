"""`orderbot preview`: what a notice says, by each way out, with the sample of its kind."""

import difflib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.cli_common import WRONG_USE, console, fail, print_json, shop_of
from bot.clock import SystemClock
from core.notices import Notice
from core.people import Channel
from templates.check import CANNOT_SAY
from templates.render import Renderer, Words
from templates.samples import SHOP, samples

if TYPE_CHECKING:
    from bot.settings import Settings


def list_notices() -> None:
    """Print the names that can be previewed."""
    for name in _names():
        console().print(name)


def preview(name: str, settings: "Settings", language: str | None, channel: str | None, *, as_json: bool) -> None:
    """Print the words of a notice, in the language given or the shop's first; the owner's own where there are."""
    notice = _sample(name)
    ways = _ways(notice, channel)
    renderer, now = _renderer(settings, language), SystemClock().now()
    spoken = renderer.shop.languages[0]
    if not renderer.speaks(spoken):
        fail(f"there are no texts in {spoken!r}: docs/words.md says how a language is added", code=WRONG_USE)
    try:
        said = {way: renderer.words(notice, channel=way, language=spoken, now=now) for way in ways}
    except CANNOT_SAY as error:
        fail(f"{notice.name} cannot be said: {error}", f"look into {renderer.overrides}")
    if as_json:
        print_json(_as_json(way, words) for way, words in said.items())
        return
    for way, words in said.items():
        console().rule(way, style="dim")
        _show(words)


def _names() -> list[str]:
    return sorted({notice.name for notice in samples(SystemClock().now()).values()})


def _sample(name: str) -> Notice:
    every = samples(SystemClock().now())
    found = every.get(name) or next((notice for notice in every.values() if notice.name == name), None)
    if found is None:
        near = difflib.get_close_matches(name, _names(), n=3)
        hint = f"perhaps {' or '.join(near)}" if near else "`orderbot preview` lists all"
        fail(f"there is no notice {name!r}: {hint}", code=WRONG_USE)
    return found


def _ways(notice: Notice, channel: str | None) -> Iterable[Channel]:
    if channel is None:
        return sorted(notice.channels)
    if channel not in notice.channels:
        offered = " and ".join(sorted(notice.channels))
        fail(f"{notice.name} goes out by {offered} only, not by {channel}", code=WRONG_USE)
    return (Channel(channel),)


def _renderer(settings: "Settings", language: str | None) -> Renderer:
    """The shop's, `language` its first; where there is no shop file yet, that of the samples' shop."""
    facts, folder = SHOP, None
    if settings.shop.is_file():
        from bot.wiring import OVERRIDES, shop_facts

        facts, folder = shop_facts(shop_of(settings.shop)), settings.shop.parent / OVERRIDES
    if language:
        # What the staff hears is always in the first.
        facts = replace(facts, languages=tuple(dict.fromkeys((language, *facts.languages))))
    return Renderer(facts, folder if folder and folder.is_dir() else None)


def _as_json(way: Channel, words: Words) -> dict[str, Any]:
    buttons = [[label for label, _ in row] for row in words.buttons]
    return {"channel": way, "subject": words.subject, "text": words.text, "html": words.html, "buttons": buttons}


def _show(words: Words) -> None:
    if words.subject:
        console().print(f"Subject: {words.subject}\n", style="bold")
    console().print(words.text)
    for row in words.buttons:
        console().print("  ".join(f"[ {label} ]" for label, _ in row), style="cyan")
