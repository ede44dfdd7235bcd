"""The outbox: whose turn it is, what is folded, what becomes of letters when a group moves or the bot is stopped."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.people import Channel
from storage.letters import Letter, NewLetter
from storage.store import Store
from storage.tables import letters

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GROUP = "-5001"


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    yield store
    await store.close()


def letter(to: str, words: str = "Hello", *, card: str | None = None, fresh: bool = False) -> NewLetter:
    return NewLetter(Channel.TELEGRAM, to, "greeted", words, words, card=card, fresh=fresh)


async def post(store: Store, *new: NewLetter) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(new, inbox_id=None, now=NOON)


async def claim(store: Store, *, but: str = "", now: datetime = NOON, most: int = 8) -> tuple[Letter, ...]:
    async with store.transaction() as tx:
        return await tx.outbox.claim(Channel.TELEGRAM, now, most, lambda address: address != but)


async def sent(store: Store, letter: Letter, sent_as: str) -> None:
    async with store.transaction() as tx:
        await tx.outbox.sent(letter, sent_as, NOON)


async def test_a_chat_for_which_very_many_wait_does_not_stand_before_the_others(store: Store) -> None:
    await post(store, *[letter(GROUP)] * 600, letter("1001"))

    assert [one.address for one in await claim(store, but=GROUP)] == ["1001"]


async def test_letters_to_one_chat_leave_one_by_one_in_their_order(store: Store) -> None:
    await post(store, letter("1001", "first"), letter("1001", "second"), letter("1002", "other"))

    first = await claim(store)
    assert [one.text for one in first] == ["first", "other"]
    assert await claim(store) == ()
    await sent(store, first[0], "1")
    assert [one.text for one in await claim(store)] == ["second"]


async def test_a_letter_that_waits_for_its_next_try_holds_back_the_later_ones_to_its_chat(store: Store) -> None:
    await post(store, letter("1001", "first"), letter("1001", "second"))
    (first,) = await claim(store)
    async with store.transaction() as tx:
        await tx.outbox.again(first, NOON + timedelta(seconds=5), "busy")

    assert await claim(store) == ()
    assert [one.text for one in await claim(store, now=NOON + timedelta(seconds=5))] == ["first"]


async def test_of_several_waiting_edits_of_a_card_only_the_newest_leaves(store: Store) -> None:
    await post(store, *[letter(GROUP, f"step {step}", card="order:1") for step in range(5)], letter(GROUP, "last"))

    (card,) = await claim(store)
    assert (card.text, card.edits) == ("step 4", None)
    await sent(store, card, "77")
    await post(store, letter(GROUP, "step 5", card="order:1"))
    (last,) = await claim(store)
    assert last.text == "last"
    await sent(store, last, "78")
    (card,) = await claim(store)
    assert (card.text, card.edits) == ("step 5", "77")


async def test_an_edit_that_takes_the_place_of_a_card_posted_anew_is_posted_anew_itself(store: Store) -> None:
    await post(store, letter(GROUP, card="order:1"))
    await sent(store, (await claim(store))[0], "77")
    await post(store, letter(GROUP, card="order:1", fresh=True), letter(GROUP, "newest", card="order:1"))

    (card,) = await claim(store)
    assert (card.text, card.edits, card.replaces) == ("newest", None, "77")


async def test_when_a_group_moves_its_letters_follow_and_cards_are_posted_anew(store: Store) -> None:
    await post(store, letter(GROUP, card="order:1"))
    await sent(store, (await claim(store))[0], "77")
    await post(store, letter(GROUP, "edit", card="order:1"), letter(GROUP, "waits"))
    (under_way,) = await claim(store)

    async with store.transaction() as tx:
        await tx.outbox.move_chat(GROUP, "-100777")
        await tx.outbox.again(under_way, NOON, "the group moved")

    (moved,) = await claim(store)
    assert (moved.address, moved.text, moved.edits) == ("-100777", "edit", None)
    await sent(store, moved, "1")
    assert [(one.address, one.text) for one in await claim(store)] == [("-100777", "waits")]


async def test_after_a_crash_new_messages_are_of_unknown_fate_and_edits_simply_go_again(store: Store) -> None:
    await post(store, letter("1001", card="order:1"))
    await sent(store, (await claim(store))[0], "77")
    await post(store, letter("1001", "edit", card="order:1"), letter("1002", "new"))
    await claim(store)

    async with store.transaction() as tx:
        await tx.outbox.recover(NOON, alone=True)

    assert {one.text: one.uncertain for one in await claim(store)} == {"edit": False, "new": True}


async def test_letters_in_another_process_hands_are_left_there_until_they_must_be_lost(store: Store) -> None:
    await post(store, letter("1002", "new"))
    await claim(store)

    async with store.transaction() as tx:
        soon = await tx.outbox.recover(NOON + timedelta(minutes=1), alone=False)
        late = await tx.outbox.recover(NOON + timedelta(minutes=16), alone=False)

    assert (len(soon), len(late)) == (0, 1)


async def test_a_mail_gets_its_message_id_when_it_is_taken_first_and_keeps_it_over_all_tries(store: Store) -> None:
    await post(store, NewLetter(Channel.MAIL, "bea@customers.example", "greeted", "Hello", "<p>Hello</p>"))

    async with store.transaction() as tx:
        (first,) = await tx.outbox.claim(Channel.MAIL, NOON, 8, lambda _: True, "<{}@old.example>".format)
        await tx.outbox.again(first, NOON, "busy")
    async with store.transaction() as tx:
        (again,) = await tx.outbox.claim(Channel.MAIL, NOON, 8, lambda _: True, "<{}@new.example>".format)
        kept = await tx.sent.by_id(again.id)

    assert first.message_id == again.message_id == f"<{first.id}@old.example>"
    assert kept is not None
    assert kept.message_id == first.message_id


async def test_an_answer_of_a_server_in_another_encoding_is_written_down_all_the_same(store: Store) -> None:
    await post(store, letter("1001"), letter("1002"))
    said = b"550 Empf\xe4nger unbekannt\0".decode("utf-8", "surrogateescape")

    first, second = await claim(store)
    async with store.transaction() as tx:
        await tx.outbox.again(first, NOON, said)
        await tx.outbox.end(second.id, "failed", said)

    async with store.reading() as tx:
        kept = (await tx.connection.execute(select(letters.c.why))).scalars().all()
    assert kept == ["550 Empf?nger unbekannt"] * 2
