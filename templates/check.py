"""Whether every text can be said, and is: for owners who write their own, before a customer meets a broken one."""

import difflib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from jinja2 import TemplateError

from templates import labels
from templates.labels import BrokenLabels
from templates.render import Renderer
from templates.samples import samples
from templates.tongue import CHAT, LAYOUT, MAIL, SUBJECT, TEXT, ours

CANNOT_SAY = (TemplateError, BrokenLabels, LookupError, TypeError, ValueError)
"""What a text of the owner's may raise when it is said."""


def faults(renderer: Renderer, now: datetime) -> tuple[str, ...]:
    """What cannot be said, as "de, order_ready by mail: 'ordr' is undefined"; all faults at once."""
    found: list[str] = []
    for language in renderer.shop.languages:
        try:
            found += _faults_in(language, renderer, now)
        except BrokenLabels as error:
            found.append(str(error))
    return tuple(dict.fromkeys(found))


def _faults_in(language: str, renderer: Renderer, now: datetime) -> Iterator[str]:
    for notice in samples(now).values():
        for channel in sorted(notice.channels):
            try:
                renderer.words(notice, channel=channel, language=language, now=now)
            except BrokenLabels:
                raise
            except CANNOT_SAY as error:
                yield f"{language}, {notice.name} by {channel}: {error}"


def never_said(folder: Path, languages: Collection[str], now: datetime) -> tuple[str, ...]:
    """What stands in the owner's folder of texts and nobody ever reads, with the name that was perhaps meant."""
    notices = {notice.name for notice in samples(now).values()}
    return tuple(found for place in _visible(folder) for found in _strangers_in(place, languages, notices))


def _strangers_in(place: Path, languages: Collection[str], notices: Collection[str]) -> Iterator[str]:
    known: Collection[str] = [*languages, LAYOUT.name]
    if place.name not in known:
        yield f"{place.name} is no language of the shop{_perhaps(place.name, known)}"
        return
    if not place.is_dir():
        return
    if place.name == LAYOUT.name:
        known = {path.name for path in LAYOUT.iterdir()}
    else:
        known = {labels.FILE, *(f"{name}{form}" for name in notices for form in (CHAT, SUBJECT, MAIL, TEXT))}
    for path in _visible(place):
        if path.name == labels.FILE:
            yield from _strange_labels(path)
        elif path.name not in known and not path.name.startswith("_"):
            yield f"{place.name}/{path.name} is no text of ours{_perhaps(path.name, known)}"


def _strange_labels(path: Path) -> Iterator[str]:
    ours_has = labels.load(path.parent.name, (ours(path.parent.name),)).tables
    try:
        own = labels.load(path.parent.name, (path.parent,)).tables
    except BrokenLabels:
        # Told already: it cannot be said.
        return
    where = f"{path.parent.name}/{path.name}"
    for section, texts in own.items():
        if section not in ours_has:
            yield f"{where}: there is no [{section}]{_perhaps(section, ours_has)}"
            continue
        for key in texts:
            if key not in ours_has[section]:
                yield f"{where}: there is no {key!r} in [{section}]{_perhaps(key, ours_has[section])}"


def _visible(folder: Path) -> list[Path]:
    """What stands in it, without what editors and systems put beside."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and not path.name.endswith("~"))


def _perhaps(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f": perhaps {near[0]}" if near else ""
