"""`orderbot qr`: codes that open what they say, for the shop that counts."""

import re

import pytest

from core.links import CampaignLink, CategoryLink, ProductLink, TableLink, read_payload
from storage.shop_file import load_shop
from tests.bot.cli.commands import EXAMPLE, execute, orderbot

MENU = load_shop(EXAMPLE).menu


def link_of(said):
    return re.search(r"https://t\.me/(\w+)(?:\?start=(\S+))?", said.out)


def opened(database, payload):
    ((secret,),) = execute(database, "SELECT value FROM shop_facts WHERE name = 'secret'")
    return read_payload(payload, MENU, bytes.fromhex(secret))


@pytest.fixture
def shop(database):
    orderbot("menu", "apply")
    return database


def test_the_bot_itself_needs_no_database(place):
    said = orderbot("qr", "--bot", "@trattoria_bot")

    assert said.code == 0
    assert link_of(said)[0] == "https://t.me/trattoria_bot"
    assert "█" in said.out or "▄" in said.out or "\x1b" in said.out


@pytest.mark.parametrize(
    ("option", "value", "link"),
    [
        ("--product", "tiramisu", ProductLink("tiramisu")),
        ("--category", "pizza", CategoryLink("pizza")),
        ("--table", "7", TableLink("7")),
        ("--campaign", "flyer_may", CampaignLink("flyer_may")),
    ],
)
def test_each_code_opens_what_it_names(shop, option, value, link):
    said = orderbot("qr", option, value, "--bot", "bot")

    assert opened(shop, link_of(said)[2]) == link


@pytest.mark.parametrize(("name", "start"), [("code.svg", b"<?xml"), ("code.png", b"\x89PNG")])
def test_a_code_is_written_in_the_form_that_the_name_asks_for(shop, place, name, start):
    orderbot("qr", "--table", "7", "--out", name, "--bot", "bot")

    assert (place / name).read_bytes().startswith(start)


def test_tables_become_a_folder_of_codes(shop, place):
    said = orderbot("qr", "--tables", "12", "--out", "tables", "--bot", "bot")

    assert said.code == 0
    assert len(list((place / "tables").glob("table-*.svg"))) == 12
    assert len(set(re.findall(r"start=(\S+)", said.out))) == 12


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("--product", "unicorn"), 1, "not on the menu that counts"),
        (("--table", "Täble"), 2, "letters without accents"),
        (("--table", "1", "--campaign", "x"), 2, "one kind"),
        (("--tables", "3"), 2, "need --out and a folder"),
        (("--table", "1", "--out", "code.pdf"), 2, ".svg or .png"),
    ],
)
def test_what_cannot_be_coded_is_said(shop, arguments, code, why):
    said = orderbot("qr", *arguments, "--bot", "bot")

    assert said.code == code
    assert why in said.err


def test_without_a_token_the_bot_must_be_named(shop):
    said = orderbot("qr")

    assert said.code == 2
    assert "--bot NAME" in said.err


def test_what_cannot_be_a_username_makes_no_dead_link(place):
    said = orderbot("qr", "--bot", "@trattoria bot")

    assert (said.code, said.out) == (2, "")
    assert "no username" in said.err


def test_several_codes_do_not_go_into_one_picture(shop, place):
    said = orderbot("qr", "--tables", "3", "--out", "tables.svg", "--bot", "bot")

    assert said.code == 2
    assert "name a folder" in said.err
