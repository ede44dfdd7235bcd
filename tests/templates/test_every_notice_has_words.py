"""A closed world: every notice and refusal has words, every text and every label is used."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

import bot.wiring  # noqa: F401  # with it every command is known
import templates
from core import errors, notices
from core.menu import Amount
from core.notices import STAFF, Alarm, Button, Notice
from core.people import Channel, Role, Trust
from core.states import Act, ChangeState, FulfilmentState, Kind, OrderState, ReturnState
from handlers.commands import CUSTOMER
from handlers.commands import STAFF as STAFF_COMMANDS
from templates.render import Renderer
from templates.samples import REFUSALS, SHOP, samples

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
FOLDER = Path(templates.__file__).parent
LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/labels.toml"))
BASES = {"OrderNotice", "OrderCard", "ReturnNotice", "ChangeNotice", "MenuPage", "Refused"}

BUTTONS = """
    accept_minutes accept_at reject ask preparing ready out delivered handed_over ship undo place change cancel
    cancel_yes cancel_no cancel_change cancel_neither menu back approve decline to_shelf write_off refunded
    pickup delivery shipping ask_shop less line
    pickup_at pickup_from delivery_at delivery_from shipping_at shipping_from
    more remove more_items choose leave_out take_left back_on_menu back_of menu_home menu_category menu_product
    menu_product_from menu_off menu_up menu_group menu_group_bare menu_choose menu_before menu_next menu_quantity
    menu_add menu_order menu_page page_before page_after option_off option_regular option_extra option_light
    option_none address_last order cancel_order share_number text change_send change_keep change_accept
    offer_yes offer_no offer_send offer_drop offer_back again
    again_add again_instead no_reminders word_yes word_yes_to word_no word_revoke how_pickup how_delivery
    how_shipping where_to when_asap when_at asap at_time later on_day place_today place_without place_for other_address
    forget share_location ships_today ships_tomorrow ships_at send_back return_of again_draft
    join_order order_anew order_twice once_is_enough which_order which_none
"""
ALARMS = """
    dead_message uncertain_letter failed_letter unreachable template_broken changed_message quarantined away topic_gone
    second_poller entities_broken mail_unreadable mail_too_large mail_down brake low_disk
"""
LETTER_STATES = {"pending", "claimed", "sent", "uncertain", "failed", "abandoned", "folded"}
STATES = {*OrderState, *FulfilmentState, *ReturnState, *ChangeState}


def every(base: type) -> Iterator[type]:
    kind: type
    for kind in base.__subclasses__():
        yield kind
        yield from every(kind)


NOTICES = {kind.__name__ for kind in every(Notice) if kind.__module__.startswith(f"{notices.__name__}.")} - BASES
SHOP_ERRORS = {kind.__name__ for kind in every(errors.ShopError) if kind.__module__ == errors.__name__}


@pytest.fixture(scope="module")
def renderers() -> dict[str, Renderer]:
    """One whose shop speaks the language first, so that the staff reads it, too."""
    return {language: Renderer(replace(SHOP, languages=(language,))) for language in LANGUAGES}


def labels(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / language / "labels.toml").read_text(encoding="utf-8"))


def test_english_and_german_are_spoken():
    assert LANGUAGES == ["de", "en"]


def test_every_notice_has_a_sample():
    assert samples(NOON).keys() >= NOTICES


def test_every_refusal_has_a_sample():
    assert {type(error).__name__ for error in REFUSALS} == SHOP_ERRORS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", samples(NOON))
def test_every_notice_has_words_in_every_language_for_each_of_its_channels(name, language, renderers):
    notice = samples(NOON)[name]

    for channel in notice.channels:
        words = renderers[language].words(notice, channel=channel, language=language, now=NOON)
        assert words.text.strip()
        assert words.html.strip()
        assert bool(words.subject) is (channel is Channel.MAIL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_belongs_to_a_notice(language):
    known = {notice.name for notice in samples(NOON).values()}

    names = {path.name.partition(".")[0] for path in (FOLDER / language).iterdir() if path.name != "labels.toml"}

    assert {name for name in names if not name.startswith("_")} == known


@pytest.mark.parametrize("folder", [*LANGUAGES, "layout"])
def test_every_part_of_a_text_is_included_somewhere(folder):
    files = [path for ending in ("py", "txt", "html") for path in FOLDER.rglob(f"*.{ending}")]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)

    for path in (FOLDER / folder).glob("_*"):
        assert f'"{path.name}"' in sources, path.name


def test_html_never_includes_a_text_as_it_is():
    # A .txt is not escaped: HTML takes it by text_of(…), as a value.
    for path in FOLDER.rglob("*.html"):
        assert not re.search(r'include "[^"]*\.txt"', path.read_text(encoding="utf-8")), path.name


def test_all_languages_have_the_same_texts_and_labels():
    first, *others = LANGUAGES
    for other in others:
        assert {path.name for path in (FOLDER / first).iterdir()} == {path.name for path in (FOLDER / other).iterdir()}
        assert _shape(first) == _shape(other)


def _shape(language: str) -> dict[str, set[tuple[str, tuple[str, ...]]]]:
    """Sections, keys and the facts that each label speaks of."""
    return {
        section: {(key, tuple(sorted(re.findall(r"{(\w+)}", label)))) for key, label in table.items()}
        for section, table in labels(language).items()
    }


def test_the_labels_are_those_that_the_shop_has_and_no_more():
    known = labels("en")

    assert known["buttons"].keys() == set(BUTTONS.split())
    assert known["alarms"].keys() == set(ALARMS.split())
    assert known["states"].keys() == STATES
    assert known["letters"].keys() == LETTER_STATES
    assert known["acts"].keys() == {*Act, "letter"}
    assert known["kinds"].keys() == set(Kind)
    assert known["amounts"].keys() == set(Amount)
    assert known["trust"].keys() == set(Trust)
    assert known["commands"].keys() == CUSTOMER.keys()
    assert known["staff_commands"].keys() == STAFF_COMMANDS.keys()
    assert known["roles"].keys() == set(Role)
    assert known["progress"].keys() == {*OrderState, *FulfilmentState} - {FulfilmentState.PLANNED}


def test_every_section_of_the_labels_is_used():
    files = [path for ending in ("py", "txt", "html") for path in FOLDER.rglob(f"*.{ending}")]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)

    for section in labels("en"):
        assert f'"{section}"' in sources or f"'{section}'" in sources, section


def test_every_subject_belongs_to_a_mail():
    mails = {notice.name for notice in samples(NOON).values() if Channel.MAIL in notice.channels and notice.to != STAFF}

    subjects = labels("en")["subjects"].keys()

    assert subjects == {name for name in mails if not name.startswith("refused_")} | {"refused", "staff"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ALARMS.split())
def test_an_alarm_gets_through_even_without_its_facts(what, language, renderers):
    words = renderers[language].words(Alarm(to=STAFF, what=what), channel=Channel.TELEGRAM, language=language, now=NOON)

    assert len(words.text) > 20


def test_a_button_that_no_language_knows_is_an_error(renderer):
    notice = replace(samples(NOON)["Thanked"], buttons=((Button("fly", "fly:1"),),))

    with pytest.raises(LookupError, match="'fly'"):
        renderer.words(notice, channel=Channel.TELEGRAM, language="en", now=NOON)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["OrderLive", "StaffCard", "OrderCorrected", "OrderReady"])
def test_cards_can_tell_of_every_state(all_samples, name, language, renderers):
    notice = all_samples[name]
    for kind, state, fulfilment in product(Kind, OrderState, FulfilmentState):
        order = replace(notice.order, kind=kind, state=state, fulfilment=fulfilment)
        card = replace(notice, order=order)
        words = renderers[language].words(card, channel=Channel.TELEGRAM, language=language, now=NOON)
        assert "#1001" in words.text
