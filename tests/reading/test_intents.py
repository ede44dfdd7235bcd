"""What a message is for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.reading.message import read_message
from handlers.reading.understood import AddLine, ClearDraft, Intent, SetQuantity


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("two lasagne and a lemonade", Intent.ORDER),
        ("Could I get a large lemonade?", Intent.ORDER),
        ("Könnte ich zwei Limonaden bekommen?", Intent.ORDER),
        ("three plates of moonfish", Intent.ORDER),
        ("deliver it to 9 Harbour Street", Intent.ORDER),
        ("where's my food?", Intent.STATUS),
        ("has my parcel been sent yet?", Intent.STATUS),
        ("is #1042 on its way", Intent.STATUS),
        ("Wann kommt meine Lieferung?", Intent.STATUS),
        ("ist Bestellung 1042 schon unterwegs?", Intent.STATUS),
        ("please cancel my order", Intent.CANCEL),
        ("never mind", Intent.CANCEL),
        ("Bitte stornieren Sie Bestellung Nr. 1042", Intent.CANCEL),
        ("could I see the menu", Intent.MENU),
        ("Schickt mir bitte die Speisekarte", Intent.MENU),
        ("what time do you close?", Intent.HOURS),
        ("Wie lange habt ihr heute offen?", Intent.HOURS),
        ("help", Intent.HELP),
        ("Hilfe", Intent.HELP),
        ("good evening everyone", Intent.GREETING),
        ("Moin", Intent.GREETING),
        ("hi there", Intent.GREETING),
        ("thank you so much!", Intent.THANKS),
        ("Vielen Dank", Intent.THANKS),
        ("is the lasagne vegetarian?", Intent.PRODUCT),
        ("Ist der Wein trocken?", Intent.QUESTION),
        ("may I bring my own bottle?", Intent.QUESTION),
        ("my sister lives in Turin", Intent.OTHER),
        ("", Intent.OTHER),
        ("🎉🎉🎉", Intent.OTHER),
    ],
)
def test_a_message_says_what_it_is_for(read, text, intent):
    assert read(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "yes please",
        "that's everything",
        "ok, place the order",
        "no, that's all",
        "ja bitte",
        "passt so",
        "das war's, danke",
    ],
)
def test_a_yes_places_the_open_draft(read, text):
    assert read(text, ("lasagne", 1)).intent is Intent.PLACE


@pytest.mark.parametrize("text", ["place it", "place this order now", "send it please", "👍", "👌🏽", "✅!", "👍👍"])
def test_words_and_signs_of_agreement_place_it_too(read, text):
    assert read(text, ("lasagne", 1)).intent is Intent.PLACE


def test_a_raised_thumb_is_thanks_where_nothing_is_open(read):
    assert read("👍").intent is Intent.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to complain, the lasagne was cold!!",
        "my gnocchi came completely raw",
        "die Gnocchi waren leider versalzen",
        "ich möchte mich beschweren, die Lasagne war kalt",
    ],
)
def test_a_complaint_about_a_meal_is_for_a_person(read, text):
    understood = read(text)

    assert (understood.intent, understood.returns, understood.edits) == (Intent.COMPLAINT, None, ())


@pytest.mark.parametrize(
    "text",
    [
        "the lasagne was cold, I want a refund",
        "order 1042: the lasagne was cold",
        "Today my cup came. It was broken in two.",
    ],
)
def test_a_complaint_that_wants_money_or_names_an_order_is_a_return(read, text):
    assert read(text).intent is Intent.RETURN


@pytest.mark.parametrize(
    "text",
    [
        "last time the lasagne was cold, I want two gnocchi",
        "zwei Gnocchi, den Wein kalt bitte, das war's",
        "Two gnocchi. Sorry that I am late! We were stuck in the snow.",
    ],
)
def test_an_order_may_speak_of_cold_things(read, text):
    assert "gnocchi" in [line.sku for line in read(text).reading.lines]


@pytest.mark.parametrize(
    "text",
    [
        "can I change my order? I want a lemonade too",
        "could you put a lemonade on my order",
        "make it 19:30 instead",
        "ergänzt bitte meine Bestellung: zwei Wein",
        "doch lieber um 19 Uhr",
    ],
)
def test_a_change_of_what_was_placed_is_for_a_person_and_of_a_draft_an_edit(read, text):
    assert read(text).intent is Intent.CHANGE
    assert read(text, ("lasagne", 1)).intent is not Intent.CHANGE


def test_goods_for_an_order_by_its_number_are_for_a_person_even_beside_a_draft(read):
    assert read("please add a lemonade to order 1042", ("lasagne", 1)).intent is Intent.CHANGE


def test_by_mail_a_change_of_an_order_is_an_order_with_its_number(trattoria):
    text, now = "please add a lemonade to order 1042", datetime(2026, 11, 21, 11, tzinfo=UTC)
    understood = read_message(text, trattoria, languages=("en",), now=now, zone=ZoneInfo("Europe/Rome"), by_mail=True)

    assert (understood.intent, understood.order_number) == (Intent.ORDER, 1042)
    assert [line.sku for line in understood.reading.lines] == ["lemonade"]


def test_a_compliment_is_thanks_where_nothing_is_open_and_a_yes_where_a_draft_is(read):
    assert read("perfect").intent is Intent.THANKS
    assert read("perfect", ("lasagne", 1)).intent is Intent.PLACE


def test_goods_with_a_closing_word_are_still_an_order(read):
    understood = read("and a lemonade, that's all", ("lasagne", 1))

    assert understood.intent is Intent.ORDER
    assert [edit.line.sku for edit in understood.edits if isinstance(edit, AddLine)] == ["lemonade"]


def test_cancelling_one_product_of_the_draft_keeps_the_rest(read):
    understood = read("cancel the lemonade", ("lasagne", 1), ("lemonade", 2))

    assert understood.intent is Intent.ORDER
    assert [(e.index, e.quantity) for e in understood.edits if isinstance(e, SetQuantity)] == [(1, 0)]


@pytest.mark.parametrize("text", ["cancel the order with the lasagne", "storniere die Bestellung mit der Lasagne"])
def test_goods_that_tell_which_order_is_meant_are_not_ordered(read, text):
    understood = read(text)

    assert understood.intent is Intent.CANCEL
    assert not understood.reading.lines


def test_cancelling_all_of_it_says_so_in_the_intent_and_clears_the_draft(read):
    understood = read("cancel that", ("lasagne", 1))

    assert understood.intent is Intent.CANCEL
    assert isinstance(understood.edits[0], ClearDraft)


@pytest.mark.parametrize(
    "text",
    [
        "where is #1042?",
        "cancel order 1042",
        "status of order number 1042",
        "Wo bleibt Bestellung Nr. 1042?",
        "Re: [#1042-K7QM] thanks",
    ],
)
def test_the_number_of_an_order_is_found_in_the_words(read, text):
    assert read(text).order_number == 1042


@pytest.mark.parametrize("text", ["order 2 lasagne", "I paid 1042 euros", "call +39 06 1042 555", "for 12 people"])
def test_other_numbers_are_no_orders(read, text):
    assert read(text).order_number is None


def test_without_a_draft_each_line_that_was_read_is_added(read):
    understood = read("two large lasagne and a wine")

    assert [(e.line.sku, e.line.quantity) for e in understood.edits if isinstance(e, AddLine)] == [
        ("lasagne", 2),
        ("wine", 1),
    ]


def test_a_question_about_goods_orders_nothing(read):
    understood = read("how much is the wine?")

    assert (understood.edits, understood.reading.lines) == ((), ())


def test_words_that_found_no_place_are_reported(read):
    assert read("one wine and two zeppelins").reading.unread == ("two zeppelins",)


@pytest.mark.parametrize(
    "text",
    [
        "Dear team,\n\none lasagne, please.\n\nKind regards,\nCarl",
        "Sehr geehrte Damen und Herren,\n\nich hätte gern eine Lasagne.\n\nMit freundlichen Grüßen\nCarl Vogt",
        "Hi there, good morning!\nOne lasagne.\nMany thanks in advance, Bea",
    ],
)
def test_salutation_and_closing_are_small_talk(read, text):
    understood = read(text)

    assert [line.sku for line in understood.reading.lines] == ["lasagne"]
    assert understood.reading.unread == ()


@pytest.mark.parametrize("text", ["Hello Trattoria Bea,\n\none lasagne", "Hallo Anna, eine Lasagne bitte"])
def test_a_name_in_the_salutation_is_small_talk(read, text):
    understood = read(text)

    assert ([line.sku for line in understood.reading.lines], understood.reading.unread) == (["lasagne"], ())


def test_a_product_in_the_salutation_is_ordered(read):
    assert [line.sku for line in read("Hi, Lasagne, please").reading.lines] == ["lasagne"]


@pytest.mark.parametrize(
    "text",
    [
        "Item: Lasagne\nQuantity: 3\nItem: Wine\nQuantity: 2",
        "Menge: 3\nArtikel: Lasagne\nMenge: 2\nArtikel: Wein",
        "Product\tQty\nLasagne\t3\nWine\t2",
    ],
)
def test_a_form_or_a_table_is_an_order(read, text):
    understood = read(text)

    assert [(line.sku, line.quantity) for line in understood.reading.lines] == [("lasagne", 3), ("wine", 2)]
    assert understood.reading.unread == ()


def test_a_product_after_a_closing_word_is_still_ordered(read):
    assert [line.sku for line in read("One wine. Thanks, and a Lasagne").reading.lines] == ["wine", "lasagne"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I would like two of these please", "en"),
        ("ich hätte gerne zwei davon", "de"),
        ("je voudrais deux bouteilles, merci", "fr"),
        ("quisiera dos botellas, gracias", "es"),
        ("vorrei due bottiglie, grazie", "it"),
        ("ok", None),
        ("12345", None),
    ],
)
def test_the_language_is_guessed_from_small_words_or_not_at_all(read, text, language):
    assert read(text).language == language


@pytest.mark.parametrize(
    "text", ["🍝" * 10_000, "(" * 5_000, "lasagne " * 5_000, "1 " * 9_000, "\n" * 20_000, "no " * 6_000, "\x00\x1f"]
)
def test_no_text_is_too_odd_to_be_read(read, text):
    assert read(text, ("lasagne", 1)).intent in Intent


def test_what_is_too_long_to_be_read_is_reported(read):
    understood = read("one wine, " * 1_900 + "x" * 2_000 + " and a lasagne at the very end")

    assert understood.reading.unread[-1].endswith("…")


WORDS = st.sampled_from(
    (  # noqa: SIM905
        "2 no without make it the second one large lasagne wine olives extra lemonade instead of swap for deliver to "
        "9 Harbour Street at half past 7 tomorrow noch keine ohne doch statt gegen Uhr halb acht morgen am 31. Februar "
        "order 1042 broken return cancel where is please , . ? ! : # + - ½ ² ٣ sıx ſunday \n"
    ).split(" ")
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)), st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_make_the_reader_fail(read, text, with_draft):
    understood = read(text, *([("lasagne", 2), ("lemonade", 1)] if with_draft else []))

    assert all(edit.quantity >= 0 for edit in understood.edits if isinstance(edit, SetQuantity))
    assert all(edit.line.quantity > 0 for edit in understood.edits if isinstance(edit, AddLine))
