"""One message, wholly read: intent, goods, edits of the open draft, wishes, order number, return, language."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from core.frozen import frozen
from handlers.reading.asides import (
    ASKING,
    asks_of_part,
    asks_throughout,
    conditions,
    cut_out,
    may_have_asides,
    merely_asks,
    named_in_full,
    orders_nothing,
    questions,
    without_praise,
)
from handlers.reading.draft_lines import Finder
from handlers.reading.goods_words import goods_test, on_menu
from handlers.reading.heads import Heads, heads
from handlers.reading.intents import Clues, intent_of, is_complaint
from handlers.reading.kids_sizes import with_kids_sizes
from handlers.reading.limits import cut
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.menu_questions import read_menu_question
from handlers.reading.message_goods import edits_of_draft, leaves_the_rest, names_goods, read_goods
from handlers.reading.notes import joined_notes
from handlers.reading.order_forms import as_order_lines
from handlers.reading.order_numbers import FEWEST_DIGITS, find_order_number
from handlers.reading.people import as_others_have
from handlers.reading.remarks import idle_refusals
from handlers.reading.return_text import BARE_NUMBER, has_number, may_be_return, read_return
from handlers.reading.same_for import written_out
from handlers.reading.small_talk import without_talk
from handlers.reading.sums import without_sums
from handlers.reading.texts import Text
from handlers.reading.tokens import says_something
from handlers.reading.understood import (
    NO_WISHES,
    AddLine,
    ClearDraft,
    Edit,
    EditsRead,
    Intent,
    MenuQuestion,
    Reading,
    ReadLine,
    ReturnWish,
    Understood,
    Wishes,
)
from handlers.reading.which_language import language_and_all
from handlers.reading.wishes import read_wishes
from handlers.reading.wordings import may_say, with_lists, wordings

WORD = re.compile(r"\w")
SENTENCES = re.compile(r"[.!?]+(?:\s|$)|\n\s*\n")
ABOUT_AN_ORDER = frozenset({Intent.CANCEL, Intent.STATUS})
"""“Cancel 1001” needs no other word to say that it is an order's number."""
VAGUE = frozenset({Intent.OTHER, Intent.GREETING, Intent.THANKS})
"""What a message is for whose only matter hangs on an "if"."""


def read_message(
    text: str,
    menu: CompiledMenu,
    *,
    languages: tuple[str, ...],
    draft: tuple[ReadLine, ...] = (),
    wished: datetime | None = None,
    now: datetime,
    zone: ZoneInfo,
    by_mail: bool = False,
) -> Understood:
    """Read a message of a chat or the words of a mail. `draft` holds the lines of the open draft; `now` is aware.

    `wished` is when the draft is for so far, of which another hour or another day leaves the rest.
    `edits` say what the message means for the draft; without one they add the lines that were read.
    """
    text, beyond = cut(text)
    written = Text.of(text)
    language, languages = language_and_all(written, languages)
    finder = Finder(menu, languages)
    at = _Place(draft, wished, now, zone, by_mail, beyond, language)
    said = without_praise(written, finder)
    if said is not written and not WORD.search(without_talk(said, menu, languages, by_mail=by_mail)):
        return Understood(Intent.THANKS, language=language)
    return _beside(said, finder, at) or _read(said, finder, at)


@frozen
class _Place:
    """Where a message is read: the open draft, the time, the door that it came through, the language of it all."""

    draft: tuple[ReadLine, ...]
    wished: datetime | None
    now: datetime
    zone: ZoneInfo
    by_mail: bool
    beyond: str
    language: str | None


def _beside(text: Text, finder: Finder, at: _Place) -> Understood | None:
    """An order with what is asked beside it, or what hangs on an "if"; None where there is nothing like it."""
    if not may_have_asides(text, finder.languages):
        return None
    hung = conditions(text, finder)
    asked = questions(text, finder.languages, lambda words: _is_aside(words, finder, at))
    if not (hung or asked):
        return _all_asked(text, finder, at)
    rest, said = cut_out(text, [*hung, *asked])
    if len(said) == len(asked) == 1 and _take_apart(rest, finder, at).wishes == NO_WISHES:
        rest = named_in_full(rest, said[0], finder)
    understood = _read(rest, finder, at) if WORD.search(rest) else Understood(Intent.OTHER, language=at.language)
    is_clear = not any(has_number(words, finder.languages) for words in understood.reading.unread)
    if understood.intent is Intent.ORDER and is_clear and (understood.reading.lines or understood.edits):
        return replace(understood, asides=said)
    if asked and not hung and "?" in rest and understood.intent in ASKING:
        return Understood(Intent.QUESTION, language=at.language)
    if not hung or understood.intent not in VAGUE:
        return None
    first = next((text[start:end].strip() for start, end in asked), "")
    if first and not at.by_mail:
        return _read(Text(first), finder, at)
    return Understood(Intent.QUESTION, language=at.language)


def _is_aside(words: str, finder: Finder, at: _Place) -> bool:
    return not asks_of_part(words, finder.languages) and merely_asks(_read(Text(words), finder, at))


def _all_asked(text: Text, finder: Finder, at: _Place) -> Understood | None:
    """Several questions in one sentence, though their words together would order."""
    alone = replace(at, draft=())
    first = asks_throughout(text, finder.languages, lambda words: orders_nothing(_read(Text(words), finder, alone)))
    understood = _read(Text(first), finder, at) if first else None
    if understood is None or not merely_asks(understood) or merely_asks(_read(text, finder, at)):
        return None
    return understood


def _read(text: Text, finder: Finder, at: _Place) -> Understood:
    menu, languages, draft, by_mail = finder.menu, finder.languages, at.draft, at.by_mail
    parts = _take_apart(text, finder, at)
    can_order = _can_order(parts, languages)
    reading, goods = read_goods(parts.goods, finder) if can_order else (Reading(), "")
    edits_draft = bool(draft) and can_order and not _inquires(parts.text, languages)
    edits = edits_of_draft(goods, draft, finder, parts.text) if edits_draft else None
    if parts.heads is not None:
        reading, edits = parts.heads.of(reading), edits and parts.heads.of_edits(edits)
    wish = _return_wish(parts, edits, menu, languages)
    asked = _Asked(parts.text, menu, languages)
    clues = _clues(parts, reading, edits, wish, asked, finder, has_draft=bool(draft), by_mail=by_mail)
    intent = intent_of(clues, languages)
    number = parts.number
    if number is None and (wish is not None or intent in ABOUT_AN_ORDER):
        number = _bare_number(parts.plain)
    reading, edits = _kept(intent, reading, edits, (*parts.refused, *filter(None, [at.beyond])))
    question = asked.of_menu if intent is Intent.PRODUCT else None
    wishes = _with_refusals(parts, reading, edits.edits, finder) if intent is Intent.ORDER else parts.wishes
    return Understood(intent, reading, edits.edits, wishes, number, wish, question, language=at.language)


@frozen
class _Parts:
    """A message taken apart: as written, `plain` without wishes and order numbers, `goods` without small talk too."""

    text: Text
    plain: Text
    goods: Text
    wishes: Wishes
    number: int | None
    refused: tuple[str, ...]
    heads: Heads | None
    """Where goods are said of each of several people."""


@frozen(slots=False)
class _Asked:
    """What a message asks; read when that first matters."""

    text: Text
    menu: CompiledMenu
    languages: tuple[str, ...]

    @cached_property
    def of_menu(self) -> MenuQuestion | None:
        return read_menu_question(self.text, self.menu, self.languages)


def _take_apart(text: Text, finder: Finder, at: _Place) -> _Parts:
    menu, languages = finder.menu, finder.languages
    codes = with_lists(languages)
    found = find_order_number(text, codes)
    rest = text if found is None else text.less(f"{text[: found.span[0]]} {text[found.span[1] :]}")
    is_goods, names_one = goods_test(menu, languages), on_menu(menu, languages)
    read = read_wishes(
        rest, now=at.now, zone=at.zone, languages=codes, is_goods=is_goods, on_menu=names_one, wished=at.wished
    )
    goods = Text.of(as_order_lines(without_talk(read.rest, menu, languages, by_mail=at.by_mail), languages))
    goods = without_sums(goods, finder)
    goods, strange = with_kids_sizes(written_out(as_others_have(goods, languages), finder), finder)
    shared = heads(goods, at.draft, finder)
    goods, number = shared.text if shared else goods, found.number if found else None
    return _Parts(text, read.rest, goods, read.wishes, number, (*read.refused, *strange), shared)


def _inquires(text: Text, languages: tuple[str, ...]) -> bool:
    """ "Is that with mushrooms?": how something is, of what is ordered already."""
    codes = with_lists(languages)
    if "?" not in text or "intents.inquires" not in may_say(text, codes):
        return False
    start = len(text) - len(text.lstrip(" \t\n¿"))
    if not wordings("intents", "inquires", codes).match(text, start):
        return False
    return not any(wordings("intents", key, codes).search(text) for key in ("asks_to_order", "wants"))


def _can_order(parts: _Parts, languages: tuple[str, ...]) -> bool:
    """Whether words are left besides small talk, or emoji that are not an ornament of thanks."""
    if parts.goods[:1].isalnum() or WORD.search(parts.goods):
        return True
    return says_something(parts.goods) and not wordings("intents", "thanks", with_lists(languages)).search(parts.plain)


def _return_wish(
    parts: _Parts, edits: EditsRead | None, menu: CompiledMenu, languages: tuple[str, ...]
) -> ReturnWish | None:
    """A return, unless the words edit the open draft or complain about a meal, which no one sends back."""
    if edits is not None and edits.edited and parts.number is None:
        return None
    if parts.number is None and _bare_number(parts.plain) is None and not may_be_return(parts.plain, languages):
        return None
    # "That was it" would say that something was received.
    said = wordings("talk", "closings", with_lists(languages)).sub(" ", parts.plain)
    names_order = parts.number is not None or _bare_number(said) is not None
    if not names_order and (not _is_return(said, menu, languages) or is_complaint(said, languages)):
        return None
    return read_return(said, menu, languages, about_order=parts.number is not None)


def _is_return(said: Text, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    """One sentence must say all of it: that one is late, and another that we were stuck, is no fault of the goods."""
    if not may_be_return(said, languages):
        return False
    return any(read_return(sentence, menu, languages) is not None for sentence in SENTENCES.split(said))


def _bare_number(text: Text) -> int | None:
    found = BARE_NUMBER.search(text) if text.most_digits >= FEWEST_DIGITS else None
    return int(found[0]) if found else None


def _clues(
    parts: _Parts,
    reading: Reading,
    edits: EditsRead | None,
    wish: ReturnWish | None,
    asked: _Asked,
    finder: Finder,
    *,
    has_draft: bool,
    by_mail: bool,
) -> Clues:
    return Clues(
        text=parts.text,
        plain=parts.plain,
        goods=parts.goods,
        has_goods=bool(reading.lines or reading.questions),
        has_lines=bool(reading.lines),
        has_wishes=parts.wishes is not NO_WISHES and parts.wishes != NO_WISHES,
        tells_when_or_where=bool(parts.wishes.address or parts.wishes.wished or parts.wishes.wished_day),
        has_number=parts.number is not None,
        has_draft=has_draft,
        edits_draft=edits is not None and edits.edited,
        changes_lines=edits is not None and edits.edited and leaves_the_rest(edits),
        counts=any(has_number(words, finder.languages) for words in reading.unread),
        is_return=wish is not None,
        is_complaint=wish is None and is_complaint(parts.plain, finder.languages),
        names_goods=lambda: names_goods(parts.goods, finder),
        asks_menu=lambda: asked.of_menu is not None,
        by_mail=by_mail,
    )


def _kept(
    intent: Intent, reading: Reading, edits: EditsRead | None, refused: tuple[str, ...]
) -> tuple[Reading, EditsRead]:
    """What of the goods stays: all of it for an order, the words that were not understood where nothing else was."""
    if edits is None:
        edits = EditsRead(tuple(AddLine(line) for line in reading.lines), reading.unread, reading.questions)
    if intent is Intent.ORDER:
        return Reading(reading.lines, (*edits.unread, *refused), edits.questions), edits
    if intent is Intent.OTHER:
        return Reading(unread=reading.unread), EditsRead()
    return Reading(), EditsRead(tuple(edit for edit in edits.edits if isinstance(edit, ClearDraft)))


def _with_refusals(parts: _Parts, reading: Reading, edits: tuple[Edit, ...], finder: Finder) -> Wishes:
    """What is refused, and is nothing of the menu or of the draft, goes to the kitchen as it was said."""
    refused = idle_refusals(parts.goods, finder.menu, finder.languages, has_goods=bool(reading.lines))
    if not refused:
        return parts.wishes
    done = [edit.words for edit in edits if not isinstance(edit, AddLine) and edit.words]
    left = [said for said in refused if not any(said in words or words in said for words in done)]
    return replace(parts.wishes, note=joined_notes((parts.wishes.note, *left)))
