"""Addresses and times as they are corrected, asked for, or written without a word around them."""

import pytest

from handlers.reading.understood import Intent
from tests.reading.phrase_sets import ROME, line_of, understood

READ_IN = {language: tuple(dict.fromkeys((language, "en", "de"))) for language in ("en", "de", "es", "fr", "it")}
DRAFT = (line_of("1 margherita"),)


@pytest.mark.parametrize(
    ("language", "text", "address"),
    [
        ("en", "address is wrong, its via Piave 12, 39055 Laives", "via Piave 12, 39055 Laives"),
        ("en", "my address is wrong. it should be via Piave 12, 39055 Laives", "via Piave 12, 39055 Laives"),
        ("en", "the address is not right, it's via Piave 12", "via Piave 12"),
        ("en", "my address is now via Piave 12", "via Piave 12"),
        ("en", "the address is Rose Cottage, Mill Lane", "Rose Cottage, Mill Lane"),
        ("en", "39100 Bolzano, Dante street 4", "39100 Bolzano, Dante street 4"),
        ("en", "Laives via Kennedy 20", "Laives via Kennedy 20"),
        ("en", "via roma 5 bolzano 39100", "via roma 5 bolzano 39100"),
        ("de", "39100 Bozen, Lauben 7", "39100 Bozen, Lauben 7"),
        ("de", "die Adresse ist falsch, es ist die Bahnhofstraße 5, 39100 Bozen", "Bahnhofstraße 5, 39100 Bozen"),
        ("es", "la dirección es incorrecta, es calle Mayor 5, 28013 Madrid", "calle Mayor 5, 28013 Madrid"),
        ("fr", "l'adresse est fausse, c'est 4 rue de la Poste, 39100 Bolzano", "4 rue de la Poste, 39100 Bolzano"),
        ("it", "l'indirizzo è sbagliato, è via Piave 12, 39055 Laives", "via Piave 12, 39055 Laives"),
    ],
)
def test_an_address_is_where_to_and_not_what_is_said_of_it(language, text, address):
    found = understood(text, READ_IN[language], DRAFT)

    assert found.wishes.address == address
    assert not found.reading.unread


@pytest.mark.parametrize("text", ["the address is the same as last time", "my address is wrong"])
def test_what_is_only_said_of_an_address_is_none(text):
    assert understood(text, READ_IN["en"], DRAFT).wishes.address is None


@pytest.mark.parametrize("text", ["39100 Bolzano, Margherita 2", "Margherita Via Roma 5"])
def test_goods_are_no_part_of_an_address(text):
    found = understood(text, READ_IN["en"])

    assert "Margherita" not in (found.wishes.address or "")


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("it", "ritiro alle 19 e 30", "19:30"),
        ("it", "alle 20 e 15", "20:15"),
        ("es", "recojo a las 19 y 45", "19:45"),
        ("es", "a las 8 y 30", "20:30"),
        ("it", "alle 8 e mezza", "20:30"),
    ],
)
def test_minutes_behind_and_are_no_number_of_goods(language, text, hour):
    found = understood(text, READ_IN[language], DRAFT)

    assert found.wishes.wished is not None
    assert found.wishes.wished.astimezone(ROME).strftime("%H:%M") == hour
    assert not found.edits


@pytest.mark.parametrize(
    ("language", "text", "quantity"),
    [("it", "una margherita alle 20 e 30 birre", 30), ("es", "a las 8 y 10 cervezas", 10)],
)
def test_a_number_behind_and_counts_goods_that_follow(language, text, quantity):
    found = understood(text, READ_IN[language])

    assert found.reading.lines[-1].quantity == quantity


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can you deliver at 8?"),
        ("en", "could you deliver it to Via Roma 5, 39100 Bolzano?"),
        ("de", "könnt ihr es um 20 Uhr liefern?"),
        ("it", "potete portarla alle 20?"),
        ("es", "¿podéis traerlo a las 20?"),
        ("fr", "pouvez-vous livrer à 20 h ?"),
    ],
)
def test_a_time_or_an_address_that_is_asked_for_is_wished_of_the_draft(language, text):
    assert understood(text, READ_IN[language], DRAFT).intent is Intent.ORDER


@pytest.mark.parametrize("text", ["can you deliver at 8?", "can you deliver?", "do you deliver to Merano?"])
def test_without_a_draft_it_is_a_question(text):
    assert understood(text, READ_IN["en"]).intent is Intent.QUESTION


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "3rd floor"), ("de", "3. Stock"), ("it", "3° piano"), ("es", "3º piso"), ("fr", "3ème étage")],
)
def test_a_floor_in_digits_is_for_the_driver(language, text):
    assert understood(text, READ_IN[language], DRAFT).wishes.note == text


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("verso le 20", "20:00"),
        ("mejor a las nueve", "21:00"),
        ("vers 20h", "20:00"),
        ("what about 8 pm tomorrow", "20:00"),
    ],
)
def test_a_few_words_of_another_language_tell_the_time_to_a_shop_that_does_not_list_it(text, hour):
    found = understood(text, ("en", "de"), DRAFT)

    assert found.intent is Intent.ORDER
    assert found.wishes.wished is not None
    assert found.wishes.wished.astimezone(ROME).strftime("%H:%M") == hour


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Cancelar", Intent.CANCEL),
        ("annuler", Intent.CANCEL),
        ("conferma", Intent.PLACE),
        ("thanks anyway bye", Intent.THANKS),
        ("you guys suck", Intent.COMPLAINT),
        ("what next", Intent.HELP),
    ],
)
def test_what_a_few_words_are_for_is_known(text, intent):
    assert understood(text, ("en", "de"), DRAFT).intent is intent
