"""A customer's words in a chat: read, seen beside what is open with them, then acted on (intent_acts.py)."""

from dataclasses import replace

from core.documents import Order, Photo
from core.notices import NothingWanted, Notice
from core.people import Contact, Trust
from handlers import (
    allergy_words,
    beside_answers,
    beside_order,
    chat_questions,
    draft_undo,
    drafts,
    giving_up,
    languages,
    lateness,
    matters,
    menu_words,
    number_answers,
    open_doubts,
    placed_words,
    places_asked,
    reordering,
    return_words,
)
from handlers.desk import Desk
from handlers.incoming import Answer, ChatText
from handlers.intent_acts import act
from handlers.reading.understood import ClearDraft, Intent, Understood, Wishes
from handlers.reading.which_language import guess_language
from handlers.said import Said, read


async def words(
    desk: Desk,
    contact: Contact,
    written: str,
    *,
    photos: tuple[Photo, ...] = (),
    edited: ChatText | None = None,
    about: Order | None = None,
) -> Answer:
    """Read the words, then do what they want.

    `edited` is the message if it had other words before; `about` the placed order whose message they answer.
    """
    allergy = allergy_words.heard(desk, contact, written)
    if allergy is None:
        return await _words(desk, contact, written, photos, edited, about)

    async def go_on(rest: str, note: str) -> Answer:
        return await _words(desk, contact, rest, photos, edited, about, note=note, whole=written)

    return await allergy_words.answered(desk, contact, written, allergy, go_on)


async def _words(
    desk: Desk,
    contact: Contact,
    written: str,
    photos: tuple[Photo, ...],
    edited: ChatText | None,
    about: Order | None,
    *,
    note: str = "",
    whole: str = "",
) -> Answer:
    """One message; `note` is what was said for the kitchen, and goes with what is ordered; `whole` is with it."""
    draft = await desk.tx.orders.draft_of(contact.id)
    understood = read(desk, contact, written, draft)
    language = guess_language(whole) if whole else understood.language
    contact = await languages.followed(desk, contact, draft, whole or written, language)
    meant = await _meant(desk, contact, draft, understood, written, edited)
    if isinstance(meant, Answer):
        return meant
    meant = await places_asked.pointed_at(desk, contact, draft, meant, written)
    said = Said(desk, contact, draft, meant, written, photos, Trust.FULL, about)
    answer = await _taken(said, edited, about) or await _acted(said, note)
    return replace(answer, notices=tuple([await beside_order.asking(desk, contact, one) for one in answer.notices]))


async def _meant(  # what was said, beside what is open
    desk: Desk, contact: Contact, draft: Order | None, understood: Understood, written: str, edited: ChatText | None
) -> Understood | Answer:
    """What the words mean beside all that is open; an answer where they end a doubt, or are an order's told anew."""
    if edited is not None and understood.intent in placed_words.REREAD:
        answer = await placed_words.reread_message(desk, contact, draft, edited, understood)
        if answer is not None:
            return answer
    elif understood == Understood(Intent.ORDER, language=understood.language):
        # Nothing that a draft could take: "the same as last time" is no edit. "Never mind the ice" throws nothing away.
        alone = read(desk, contact, written, None)
        understood = understood if alone.intent is Intent.CANCEL else alone
    if (answered := await beside_answers.by_words(desk, contact, draft, written)) is not None:
        return Answer("beside_order", answered)
    if edited is None and draft_undo.is_said(desk, contact, written):
        return Answer("undone", await _undone(Said(desk, contact, draft, understood, written, (), Trust.FULL)))
    before = await open_doubts.of(desk, contact, draft)
    gone = open_doubts.let_go(desk, contact, before, written)
    if draft is not None and gone and _says_no_more(understood):
        reading = await open_doubts.after(desk, contact, draft, draft, Understood(Intent.ORDER), gone)
        return Answer("doubt_let_go", (drafts.shown(desk, draft, reading),))
    understood = open_doubts.with_what_was_asked(desk, contact, before, understood, written)
    return await reordering.as_reorder(desk, contact, draft, understood, written)


async def _undone(said: Said) -> tuple[Notice, ...]:
    """The last step of the draft; without one an order that was placed may be meant, and it is asked."""
    if said.draft is not None and (said.draft.lines or said.draft.earlier):
        return await draft_undo.undo(said.desk, said.contact, said.draft)
    return await giving_up.asked(said) or (NothingWanted(to=said.to, drafting=False),)


async def _taken(said: Said, edited: ChatText | None, about: Order | None) -> Answer | None:
    """What takes the words before their intent counts: an order that is placed, a return that waits, the menu."""
    desk, contact, draft, understood, written = said.desk, said.contact, said.draft, said.understood, said.written
    if draft is None and (keeps := await matters.kept(said)):
        return Answer("keeps", keeps)
    if (numbered := await number_answers.told(said)) is not None:
        return Answer("number", numbered)
    if (late := await lateness.told(said)) is not None:
        return Answer("late", late)
    changed = await placed_words.changes_order(desk, contact, draft, understood, written, about)
    if changed is not None:
        return Answer("change", (*changed, *await chat_questions.beside(said)))
    # Photos with a word are the return's by themselves (intent_acts.py).
    if edited is None and not said.photos:
        returned = await return_words.while_waiting(desk, contact, draft, understood, written)
        if returned is not None:
            return returned
    named = () if said.photos else await menu_words.shown(desk, contact, understood, written)
    return Answer("menu_named", named) if named else None


async def _acted(said: Said, note: str) -> Answer:
    """What the words want, with what was said for the kitchen."""
    desk, contact, draft, written = said.desk, said.contact, said.draft, said.written
    beside = await placed_words.beside(desk, contact, draft, said.understood, written)
    note = await allergy_words.told_before(desk, contact, draft, said.understood, note)
    kept, understood = await allergy_words.with_note(desk, contact, said.understood, note)
    answer = await act(desk, contact, draft, understood, written, said.photos, about=said.about)
    return Answer(understood.intent, (*beside, *kept, *answer))


def _says_no_more(understood: Understood) -> bool:
    """ "Never mind" gives up what was asked, and not all the rest."""
    return understood.wishes == Wishes() and all(isinstance(edit, ClearDraft) for edit in understood.edits)
