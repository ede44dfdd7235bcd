"""A yes, a no, and what looks like one."""

import pytest

from handlers.reading.agreement import agrees, refuses
from handlers.reading.cancelling import forbids_cancelling, surely_cancels
from handlers.reading.which_language import guess_among

BOTH = ("en", "de")
EVERY = (*BOTH, "it", "fr", "es")


@pytest.mark.parametrize("words", ["", "\n", "Yes please.", "yes, it was me", "Ok", "Ja, bitte", "- jawohl"])
def test_a_yes_or_nothing_agrees(words):
    assert agrees(words)
    assert not refuses(words, BOTH)


@pytest.mark.parametrize("words", ["who are you", "2 jars of honey", "Please tell me more", "Jana", "okra"])
def test_other_words_do_not_agree(words):
    assert not agrees(words)


@pytest.mark.parametrize("words", ["No!", "Yes, but not now", "I never wrote that", "Ja, aber bitte nicht"])
def test_a_no_anywhere_refuses(words):
    assert refuses(words, BOTH)


def test_not_wanting_it_anymore_is_a_wish_to_cancel():
    assert not refuses("I no longer want it, cancel the order", BOTH)


@pytest.mark.parametrize("words", ["Do not cancel my order!", "please don't cancel it", "Bitte nicht stornieren"])
def test_who_says_not_to_cancel_keeps_the_order(words):
    assert forbids_cancelling(words, BOTH)


@pytest.mark.parametrize("words", ["Cancel it, I can not come", "I am not well. Please cancel", "Bitte stornieren"])
def test_a_reason_with_a_no_in_it_forbids_nothing(words):
    assert not forbids_cancelling(words, BOTH)


@pytest.mark.parametrize(
    "words",
    [
        "please don't cancel it, i'll be a bit late, like ten past",
        "we won't cancel but how long does it take?",
        "there is no need to cancel anything",
        "could you please not cancel #1014 even if I'm late?",
        "bitte stornieren Sie meine Bestellung nicht, ich komme nur 10 Minuten später",
        "stornieren Sie bitte die Bestellung von heute Abend auf keinen Fall",
        "wir sind doch nicht krank, bitte nicht stornieren",
        "das war keine Stornierung",
        "ne pas annuler ma commande s'il vous plaît",
        "n'annulez pas ma commande",
        "no canceléis el pedido",
        "non annullate il mio ordine",
    ],
)
def test_a_no_on_either_side_keeps_the_order(words):
    assert forbids_cancelling(words, EVERY)
    assert not surely_cancels(words, EVERY)


@pytest.mark.parametrize(
    "words",
    [
        "Kann man bei euch mit Karte zahlen oder soll ich stornieren?",
        "how much is it if i cancel",
        "do you take cards? else cancel my order",
        "should i cancel it",
        "would it be possible to cancel",
        "wäre es möglich zu stornieren",
        "was kostet es, wenn ich storniere?",
        "bis wann kann ich stornieren?",
        "combien coûte si j'annule ?",
        "puedo cancelar si llego tarde?",
        "posso annullare più tardi?",
        "14:45 at the latest please, otherwise cancel it",
        "Bitte bis 19 Uhr, sonst stornieren",
        "alle 19, altrimenti annullate",
        "avant 19h, sinon annulez",
        "muss ich stornieren",
    ],
)
def test_a_question_and_an_if_cancel_nothing(words):
    assert not surely_cancels(words, EVERY)


@pytest.mark.parametrize(
    "words",
    [
        "please cancel my order",
        "please cancel order no. 1001",
        "bitte Bestellung Nr. 1001 stornieren",
        "could you please cancel my order?",
        "cancel it, I can not come",
        "cancel it because I can not come",
        "i won't come please cancel",
        "stornieren Sie bitte 1001, wir sind krank",
        "Können Sie meine Bestellung bitte stornieren?",
        "könnt ihr die bestellung stornieren? wir sind krank",
        "Ich kann leider nicht kommen, bitte stornieren",
        "annulez ma commande s'il vous plaît",
        "pouvez-vous annuler ma commande ?",
        "podéis cancelar el pedido?",
        "potete annullare l'ordine?",
        "Leider muss ich stornieren, mein Kind ist krank.",
        "Da mein Kind krank ist, müssen wir die Bestellung stornieren",
        "purtroppo devo annullare l'ordine",
    ],
)
def test_who_asks_for_nothing_else_surely_cancels(words):
    assert surely_cancels(words, EVERY)


@pytest.mark.parametrize(
    ("words", "language"), [("2 Gläser Honig", "de"), ("2 jars honey", "en"), ("2 Margherita", None)]
)
def test_few_words_tell_their_language_by_what_only_one_list_has(words, language):
    assert guess_among(words, BOTH) == language
