"""Whether every text can be said: for owners who write their own, before a customer meets a broken one."""

from datetime import datetime

from jinja2 import TemplateError

from templates.render import Renderer
from templates.samples import samples


def faults(renderer: Renderer, now: datetime) -> tuple[str, ...]:
    """What cannot be said, as "de, order_ready by mail: 'ordr' is undefined"; all faults at once."""
    found: list[str] = []
    for language in renderer.shop.languages:
        for notice in samples(now).values():
            for channel in sorted(notice.channels):
                try:
                    renderer.words(notice, channel=channel, language=language, now=now)
                except (TemplateError, LookupError, TypeError, ValueError) as error:
                    found.append(f"{language}, {notice.name} by {channel}: {error}")
    return tuple(dict.fromkeys(found))
