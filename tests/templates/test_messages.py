"""The messages that a shop lives by, word for word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import NotUnderstoodCommand
from core.notices import STAFF, Button, To
from core.people import Channel, Trust
from core.states import FulfilmentState, Kind, OrderState
from templates.samples import BEA, REFUSALS, refused

DRAFT = """\
Your order so far

2 × Margherita  24.00 EUR
    large, extra mushrooms, no onions
    “2 margherita, large with extra mushrooms no onions”
1 × Coke  2.50 EUR
    “and a coke”
1 × Chestnut honey  7.90 EUR
    “the honey”
Total 34.40 EUR

For pickup at 14:00
Cash on handover

I could not place: “unicorn”
Which one did you mean by “the capri”?
1. Capricciosa
2. Caprese"""

STAFF_CARD = """\
🔔 #1001 · asap · delivery · 4 items · 37.40 EUR
Bea Conti
Bea Conti, Via Larga 12, 40138 Bologna
+39 051 555 0123

⚠️ Allergy noted: nuts
2 × Margherita
    large, extra mushrooms, no onions
    “2 margherita, large with extra mushrooms no onions”
1 × Coke
    “and a coke”
1 × Chestnut honey
    “the honey”

Note: Please ring twice

Waiting for an answer
Cash on handover: 37.40 EUR"""

LIVE = """\
Your order #1001
The shop has accepted it.
With you at about 12:30.

2 × Margherita  24.00 EUR
    large, extra mushrooms, no onions
1 × Coke  2.50 EUR
1 × Chestnut honey  7.90 EUR
Delivery  3.00 EUR
Total 37.40 EUR

For delivery, as soon as possible
To: Bea Conti, Via Larga 12, 40138 Bologna
Note: Please ring twice
Cash on handover."""

ACCEPTED_MAIL = """\
Ihre Bestellung #1001 ist angenommen.

Bei Ihnen am Sa., 21. Nov., gegen 12:30.
An: Bea Conti, Via Larga 12, 40138 Bologna

2 × Margherita  24,00 EUR
    groß, extra Pilze, ohne Zwiebeln
1 × Cola  2,50 EUR
1 × Kastanienhonig  7,90 EUR
Lieferung  3,00 EUR
Summe 37,40 EUR

Bar bei Übergabe.

-- \n\
Trattoria Bea
Via dei Mille 4, 40121 Bologna
"""

QUESTIONS = """\
Thank you for your order! A little is missing before we can take it.

This is what we understood:

2 × Margherita  24.00 EUR
    large, extra mushrooms, no onions
    “2 margherita, large with extra mushrooms no onions”
1 × Coke  2.50 EUR
    “and a coke”
1 × Chestnut honey  7.90 EUR
    “the honey”
Total 34.40 EUR

1. How would you like to get it?
    – pickup
    – delivery

2. Which one did you mean by “the capri”?
    – Capricciosa
    – Caprese

3. What do you mean by “unicorn”?

Please reply to this mail with the numbers, for example:
1. pickup

Nothing is ordered until then.

-- \n\
Trattoria Bea
Via dei Mille 4, 40121 Bologna
"""

RETURN_APPROVED = """\
Your return R-1001-1 is approved:

1 × Chestnut honey

Please send it to:
Trattoria Bea
Via dei Mille 4, 40121 Bologna

Please send it by Sat, 5 Dec 2026.
When it is here, you get 7.90 EUR back.

Write R-1001-1 on the parcel. Pack it so that nothing breaks or leaks, best in its own box.

We pay for the way back: keep the receipt of the post."""

TIMELINE = """\
#1001 · 12:30 · delivery · 4 items · 37.40 EUR
Bea Conti · delivered

12:00  placed by the customer → waiting for an answer
12:02  accepted by Anna
12:02  message to Bea Conti in the chat: “Your order is accepted”
12:03  message to the staff: “What the customer wrote” · perhaps sent
12:31  delivered by Anna"""

REJECTED = """\
We are sorry, we cannot take your order #1001.
We are too busy right now.

You owe nothing. We would be glad to hear from you another time."""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DraftShown", DRAFT),
        ("StaffCard", STAFF_CARD),
        ("OrderLive", LIVE),
        ("OrderAccepted", "👍 Your order #1001 is accepted.\nWith you at about 12:30."),
        ("OrderRejected", REJECTED),
        ("ReturnApproved", RETURN_APPROVED),
        ("OrderTimeline", TIMELINE),
    ],
)
def test_in_chat_it_reads_like_this(name, text, say):
    assert say(name).text == text


def test_an_accepted_order_by_mail_in_german_reads_like_this(say):
    words = say("OrderAccepted", channel=Channel.MAIL, language="de")

    assert words.subject == "Ihre Bestellung ist angenommen [#1001-K7QM]"
    assert words.text == ACCEPTED_MAIL


def test_questions_on_an_order_by_mail_read_like_this(say):
    words = say("OrderQuestions", channel=Channel.MAIL)

    assert words.subject == "Questions about your order"
    assert words.text == QUESTIONS


def test_the_first_sixty_characters_of_a_staff_card_say_it_all(say, all_samples):
    order = replace(all_samples["StaffCard"].order, number=100_001, wished=all_samples["DraftShown"].order.wished)

    first = say("StaffCard", order=order).text.splitlines()[0]

    assert first == "🔔 #100001 · 14:00 · delivery · 4 items · 37.40 EUR"
    assert len(first) <= 60


def test_a_card_by_mail_says_how_far_the_sender_is_trusted(say, all_samples):
    by_mail = replace(all_samples["StaffCard"], channel=Channel.MAIL, trust=Trust.NONE)

    assert "Bea Conti · by mail, sender not verified" in say(by_mail).text


def test_a_card_says_who_accepted_it_and_how_far_it_is(say):
    assert "Accepted by Anna for 12:30 · being prepared" in say("StaffCardAnew").text


def test_a_card_asks_for_the_reason_of_a_rejection(say):
    assert "Why not?" in say("StaffCard", mode="reject").text


def test_buttons_begin_with_the_words_that_people_look_for(say):
    wished = Button("accept_at", "a", {"time": datetime(2026, 11, 21, 18, 0, tzinfo=UTC)})
    labels = ["reject", "ask", "preparing", "ready", "out", "delivered", "handed_over", "ship", "place", "change"]
    row = (Button("accept_minutes", "a", {"minutes": 15}), wished, *(Button(label, "x") for label in labels))

    (shown,) = say("Thanked", buttons=(row,)).buttons

    assert [text for text, _ in shown] == [
        "Accept · 15 min",
        "Accept · 19:00",
        "Reject",
        "Ask",
        "Preparing",
        "Ready",
        "On its way",
        "Delivered",
        "Handed over",
        "Ship",
        "Place order",
        "Change",
    ]


def test_a_button_may_hold_a_text_of_its_own_and_is_never_too_long(say):
    reason = Button("text", "no:1", {"text": {"en": "We are too busy " * 10, "de": "Zu viel los"}})

    assert len(say("Thanked", buttons=((reason,),)).buttons[0][0][0]) <= 60
    assert say("Thanked", language="de", buttons=((reason,),)).buttons == ((("Zu viel los", "no:1"),),)


def test_whoever_taps_second_hears_who_was_first(say):
    for name in ("refused_stale", "refused_wrong_state"):
        assert say(name).text == "#1001 is already accepted by Anna."


def test_a_customer_is_not_told_the_name_of_the_staff(say):
    assert "Anna" not in say("refused_stale", to=BEA).text


def test_what_ran_short_says_how_much_is_left(say):
    assert say("refused_out_of_stock").text == "Sorry, only 3 × Coke left."


def test_an_order_that_is_not_there_reads_like_one_that_is_not_yours(say):
    assert say("refused_not_there").text == "I find no order #1001 of yours."


def test_the_staff_hears_everything_in_the_shops_first_language(say):
    assert say("Restocked", language="de", to=STAFF).text == (
        "Coke: 24 came in, 31 are there now (it was 7, and 2 set aside for orders).\nTo take it back: /restock coke -24"
    )


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Summe"), ("de-AT", "Summe"), ("xx", "Total"), ("../de", "Total"), ("", "Total")]
)
def test_a_language_that_we_do_not_speak_becomes_the_shops_first(language, word, say):
    assert word in say("DraftShown", language=language).text


def test_a_promise_for_tomorrow_names_the_day(say, all_samples):
    order = all_samples["OrderAccepted"].order

    words = say("OrderAccepted", order=replace(order, kind=Kind.PICKUP, promised=order.promised + timedelta(days=1)))

    assert "Ready for you on Sun 22 Nov at 12:30." in words.text


def test_the_live_message_follows_the_order_to_its_end(say, all_samples):
    order = all_samples["OrderLive"].order

    out = say("OrderLive", order=replace(order, fulfilment=FulfilmentState.OUT)).text
    done = say("OrderLive", order=replace(order, state=OrderState.COMPLETED, fulfilment=FulfilmentState.DELIVERED)).text

    assert out.startswith("Your order #1001\nIt is on its way to you.\nWith you at about 12:30.")
    assert done.startswith("Your order #1001\nDelivered. Enjoy!\n\n2 × Margherita")


def test_the_courier_question_offers_to_share_the_number(say):
    assert say("PhoneAsked").buttons == ((("Share my number", ""),),)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("to", [BEA, STAFF], ids=["customer", "staff"])
def test_every_refusal_fits_into_the_answer_to_a_tap(error, to: To, say):
    assert 0 < len(say(refused(error, to)).text) <= 200


def test_a_long_timeline_shows_its_end(say, all_samples):
    first, *others = all_samples["OrderTimeline"].entries

    words = say("OrderTimeline", entries=(first,) * 100 + tuple(others))

    assert "…" in words.text
    assert words.text.endswith("delivered by Anna")


def test_a_command_that_lacks_something_says_what_to_write(say):
    lacking = NotUnderstoodCommand(usage="/ship 1001 …", what="tracking")

    assert say(refused(lacking, STAFF)).text.startswith("Which tracking number? Reply to the card with it")
