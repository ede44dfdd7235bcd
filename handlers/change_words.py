""" "Yes, send it": a customer's answer in words to a change of theirs that was shown, and not sent yet."""

from core.documents import Order
from core.notices import Notice
from core.order_changes import live_lines
from core.people import Contact
from handlers import changing
from handlers.change_edits import read_for
from handlers.desk import Desk
from handlers.placed_words import is_of_its_own
from handlers.reading.agreement import agrees, begins_adding, begins_rather_not, refuses
from handlers.reading.clauses import bare
from handlers.reading.understood import ClearDraft, Intent, Understood, Wishes
from handlers.reading.wordings import with_lists, wordings
from handlers.said import read
from storage.conversations import Asked

LONGEST_ANSWER = 6
"""Words: a yes or no with more around it is about something else, too."""
SAYS_YES = frozenset({Intent.PLACE, Intent.ORDER, Intent.THANKS, Intent.OTHER})
"""What a message may be that says yes or no; beside a question or a cancellation it answers that."""


async def answered(desk: Desk, contact: Contact, asked: Asked, written: str) -> tuple[Notice, ...] | None:
    """What the button of the same meaning does; None for words that answer something else."""
    change = await desk.tx.changes.get(asked.facts["change"])
    draft = await desk.tx.orders.draft_of(contact.id)
    if change.version != asked.facts["version"] or _is_asked_of(draft, asked):
        await desk.tx.conversations.settle(contact.id, asked.order_id, "change")
        return None
    alone = read(desk, contact, written, None)
    if alone.order_number not in {None, change.order_number}:
        return None
    understood = read_for(desk, contact.language, written, live_lines(change.lines), change.details.wished)
    goes_on = agrees(written) or begins_adding(written)
    if goes_on and any(not isinstance(edit, ClearDraft) for edit in understood.edits):
        order = await desk.tx.orders.get(change.order_id)
        if alone.reading.questions or is_of_its_own(desk, contact, order, alone, written):
            # "Ok then just a pizza": which one is asked, as of anybody who orders.
            return None
        # "Yes, and a beer": both are shown, and asked about.
        return await changing.propose(desk, contact, order, written)
    wants = _wants(understood, written, with_lists(desk.house.reading_languages(contact.language)))
    if wants is None:
        return None
    act = changing.send if wants else changing.withdraw
    return await act(desk, contact, change.id, change.version)


def _is_asked_of(draft: Order | None, asked: Asked) -> bool:
    """Whether the draft was shown since: the last question is whether to place it."""
    return draft is not None and bool(draft.lines) and draft.version != asked.facts["draft"]


def _wants(understood: Understood, written: str, codes: tuple[str, ...]) -> bool | None:
    if wordings("edits", "lets_doubt_go", codes).fullmatch(bare(written, codes)):
        # "Leave it": beside a draft it would leave the goods as they are.
        return False
    if len(written.split()) > LONGEST_ANSWER or not _is_alone(understood):
        return None
    if wordings("intents", "begs_along", codes).search(written):
        # "And don't forget the napkins."
        return None
    if begins_rather_not(written, codes):
        return False
    if understood.intent not in SAYS_YES:
        return None
    if refuses(written, codes):
        return False
    return True if understood.intent is Intent.PLACE or agrees(written) else None


def _is_alone(understood: Understood) -> bool:
    """Whether nothing else is wished: no goods, no other time."""
    is_alone = all(isinstance(edit, ClearDraft) for edit in understood.edits) and understood.wishes == Wishes()
    return is_alone and not understood.reading.questions
