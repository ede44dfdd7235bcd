"""What stands behind `?start=`: short enough for Telegram, read back as meant, refused where it was forged."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links import CampaignLink, CategoryLink, ProductLink, TableLink, payload_of, read_payload
from core.menu import Category, Menu, Product

SECRET = b"the shop's own"
ODD = "crème.brûlée"
MENU = Menu(
    "EUR",
    ("en",),
    (Product("tiramisu", {"en": "Tiramisù"}, 550), Product(ODD, {"en": "Crème brûlée"}, 600)),
    (Category("sweet_things", {"en": "Sweet"}), Category("süßes", {"en": "Sweet, too"})),
)
LINKS = [
    ProductLink("tiramisu"),
    ProductLink(ODD),
    CategoryLink("sweet_things"),
    CategoryLink("süßes"),
    TableLink("7"),
    TableLink("Terrace-12"),
    CampaignLink("flyer_2026-11"),
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_fits_telegram_and_is_read_back(link):
    payload = payload_of(link, SECRET)

    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert read_payload(payload, MENU, SECRET) == link


@pytest.mark.parametrize("link", [TableLink("Tisch 7"), TableLink("x" * 21), CampaignLink("a b"), CampaignLink("")])
def test_a_name_that_cannot_stand_there_is_refused_when_it_is_made(link):
    with pytest.raises(ValueError, match="letters without accents"):
        payload_of(link, SECRET)


def test_a_table_cannot_be_guessed_nor_moved():
    seal = payload_of(TableLink("7"), SECRET).rpartition("_")[2]

    assert read_payload(f"t_8_{seal}", MENU, SECRET) is None
    assert read_payload("t_7", MENU, SECRET) is None
    assert read_payload(f"t_7_{seal[:-1]}", MENU, SECRET) is None
    assert read_payload(payload_of(TableLink("7"), b"another shop's"), MENU, SECRET) is None


@given(st.text(max_size=80))
def test_whatever_somebody_writes_there_is_a_link_of_ours_or_none(payload):
    link = read_payload(payload, MENU, SECRET)

    assert link is None or isinstance(link, (ProductLink, CategoryLink, CampaignLink))


@given(st.sampled_from(["p_", "m_", "t_", "c_"]), st.text(max_size=70))
def test_a_forged_beginning_helps_nobody_to_a_table(start, rest):
    assert not isinstance(read_payload(start + rest, MENU, SECRET), TableLink)
