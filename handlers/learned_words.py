"""/means and /words: the owner says what words mean, agrees to proposals, and takes them back."""

from core.errors import NotUnderstoodCommand, UnknownProduct, WordNotLearned
from core.learning import LearnedWord, Meant, WordState
from core.menu import in_language
from core.notices import STAFF, Button, Notice, WordRow, WordsShown
from core.people import Right, Staff
from handlers import teaching
from handlers.buttons import Tap
from handlers.commands import staff_command
from handlers.desk import Desk
from handlers.products import find_product
from handlers.reading.learned import LONGEST, fault_of, has, learned_key, spelled
from handlers.reading.menu_match import split
from handlers.reading.tokens import key_of

USAGE = "/means marghi = margherita"
MOST_LISTED = 40
"""As many buttons as fit below a message."""


@staff_command("means", Right.DECIDE)
async def means(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:
    """/means marghi = margherita: what customers call a product or an option; the owner's word counts at once"""
    written, _, meant = (part.strip() for part in words.partition("="))
    if not written or not meant:
        raise NotUnderstoodCommand(usage=USAGE)
    meaning = _meaning(desk, meant)
    _check(desk, written)
    word = await desk.tx.learned.put(learned_key(written), spelled(written), meaning, desk.now)
    if not person.may(Right.TEACH):
        return (teaching.card(desk, word, person.name, anew=True),)
    return await teaching.activate(desk, word, person.id, person.name, anew=True)


def _meaning(desk: Desk, said: str) -> Meant:
    """A product or an option by its name, else a product as the reader understands it. Raises UnknownProduct."""
    texts = split(said)
    targets = {target[:3] for target in desk.house.menu.named(key_of(texts, {}), " ".join(texts))}
    products = {target for target in targets if target[0]}
    fitting = products if len(products) == 1 else targets
    if len(fitting) == 1:
        return Meant(*fitting.pop())
    if not fitting:
        return Meant(find_product(desk, said).sku)
    names = sorted(
        in_language(teaching.name_of(desk.house.menu, Meant(*one)), desk.shop.languages[0]) for one in fitting
    )
    raise UnknownProduct(name=said[:60], likely=tuple(names[:5]))


def _check(desk: Desk, written: str) -> None:
    """Raises WordNotLearned for what may not be learned, whoever says so."""
    fault = fault_of(written, desk.house.menu, teaching.teaching_languages(desk))
    if fault is not None:
        raise WordNotLearned(words=written[: 2 * LONGEST], why=fault)


@staff_command("words", Right.SEE)
async def words(desk: Desk, person: Staff, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/words: what customers taught: the words that are read, and those that wait for the owner"""
    listed = await desk.tx.learned.listed(MOST_LISTED)
    menu = desk.house.menu
    rows = tuple(WordRow(one, teaching.name_of(menu, one.meaning), not has(menu, one.meaning)) for one in listed)
    return (WordsShown(to=STAFF, rows=rows, buttons=tuple(map(_buttons, listed))),)


def _buttons(word: LearnedWord) -> tuple[Button, ...]:
    about, facts = f"{word.id}:{word.version}", {"words": word.words}
    if word.state is WordState.ACTIVE:
        return (Button("word_revoke", f"wrev:{about}", facts),)
    return (Button("word_yes_to", f"wyes:{about}", facts), Button("word_no", f"wno:{about}"))


async def tap_yes(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    """Raises WordNotLearned where the menu has the words itself by now."""
    word = await desk.tx.learned.to_change(tapped.subject, tapped.version)
    _check(desk, word.words)
    return await teaching.activate(desk, word, person.id, person.name)


async def tap_no(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await _turn(desk, person, tapped, WordState.DECLINED)


async def tap_revoke(desk: Desk, person: Staff, tapped: Tap) -> tuple[Notice, ...]:
    return await _turn(desk, person, tapped, WordState.REVOKED)


async def _turn(desk: Desk, person: Staff, tapped: Tap, state: WordState) -> tuple[Notice, ...]:
    word = await desk.tx.learned.to_change(tapped.subject, tapped.version)
    turned = await desk.tx.learned.turn(word, state, desk.now, person.id)
    return (teaching.card(desk, turned, person.name),)
