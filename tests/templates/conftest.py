from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.notices import Notice
from core.people import Channel
from templates.render import Renderer, Words
from templates.samples import SHOP, samples

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""Noon in Bologna, a Saturday."""


@pytest.fixture(scope="session")
def renderer():
    return Renderer(SHOP)


@pytest.fixture(scope="session")
def all_samples() -> dict[str, Notice]:
    return samples(NOON)


Say = Callable[..., Words]


@pytest.fixture
def say(renderer, all_samples) -> Say:
    """Words for a sample by name, some of its facts changed; or for a notice."""

    def words(notice: str | Notice, channel=Channel.TELEGRAM, language="en", **changed) -> Words:
        said = all_samples[notice] if isinstance(notice, str) else notice
        return renderer.words(replace(said, **changed), channel=channel, language=language, now=NOON)

    return words
