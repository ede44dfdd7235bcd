import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mail_ids import letter_of_message_id, make_message_id

SECRET = b"a secret of the shop"


@given(st.integers(1, 10**18 - 1))
def test_an_id_leads_back_to_its_letter(letter_id):
    assert letter_of_message_id(make_message_id(letter_id, SECRET, "shop.example"), SECRET) == letter_id


def test_an_id_is_ours_after_the_shop_moved_to_another_domain():
    moved = make_message_id(7, SECRET, "old.example").replace("old.example", "new.example")

    assert letter_of_message_id(moved, SECRET) == 7


def test_an_id_made_with_another_secret_is_not_ours():
    assert letter_of_message_id(make_message_id(7, b"another", "shop.example"), SECRET) is None


def test_the_seal_of_one_letter_does_not_fit_another():
    of_seven = make_message_id(7, SECRET, "shop.example")

    assert letter_of_message_id(of_seven.replace("<7.", "<8."), SECRET) is None


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "<>",
        "<7@shop.example>",
        "<07.{seal}@shop.example>",
        "<٧.{seal}@shop.example>",
        "<7.{seal}é@shop.example>",
        "<7.{seal}@shop.example>\n",
        "7.{seal}@shop.example",
        "<99999999999999999999999.{seal}@shop.example>",
    ],
)
def test_what_only_looks_like_an_id_of_ours_is_not_one(foreign):
    seal = make_message_id(7, SECRET, "shop.example").split(".", 1)[1].split("@")[0]

    assert letter_of_message_id(foreign.format(seal=seal), SECRET) is None
