"""Whether every text can be said: for owners who write their own, before a customer meets a broken one."""

from collections.abc import Iterator
from datetime import datetime

from jinja2 import TemplateError

from templates.labels import BrokenLabels
from templates.render import Renderer
from templates.samples import samples


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
            except (TemplateError, LookupError, TypeError, ValueError) as error:
                yield f"{language}, {notice.name} by {channel}: {error}"
