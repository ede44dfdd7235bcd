"""What is said beside an order, sentence by sentence: praise of goods that were eaten, questions, conditions.

None of it orders anything: praise is thanks, a question is answered, and what hangs on an "if" is for a person.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from handlers.reading.clauses import bare, pieces
from handlers.reading.draft_lines import Finder
from handlers.reading.intents import is_complaint
from handlers.reading.return_text import return_reason
from handlers.reading.texts import Text
from handlers.reading.understood import Intent, ReturnReason, Understood, Wishes
from handlers.reading.wordings import may_say, with_lists, wordings

LONGEST = 2_000
"""Characters; who writes more has a person read it."""

MOST_WORDS = 15
"""Of a condition that names no goods."""

WORDS_TO_NUMBER = 3
"""Behind "I would": "like to take two"."""

_SENTENCES = re.compile(r"(?:[^.!?\n]|(?<=\d)\.(?=\d|[ \t]+[a-zß-ü]))+(?:[.!?]+|\n+|\Z)|[.!?\n]+")
"""A point within a date ends none: "sind Sie am 24.12. offen?"."""
_HAS_WORD = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")
_HAS_DIGIT = re.compile(r"\d")

_CLAUSES = re.compile(r"[^.,!?;\n]+[.!]?")
_HUNG = frozenset({"talk.conditions", "talk.last_time"})
"""What hangs on an "if", and what is said of the last time."""

FAULTS = frozenset({ReturnReason.DAMAGED, ReturnReason.WRONG_ITEM, ReturnReason.MISSING, ReturnReason.LATE})
"""With one of these it is no praise alone; that something tasted so or so may well be."""

ASKING = frozenset({Intent.QUESTION, Intent.PRODUCT, Intent.HOURS, Intent.PERSON, Intent.MENU})

Span = tuple[int, int]


def without_praise(text: Text, finder: Finder) -> Text:
    """The text without sentences that thank for goods or praise them: "thank you for the tiramisu, it was great"."""
    codes = with_lists(finder.languages)
    if len(text) > LONGEST or "talk.praise" not in may_say(text, codes):
        return text
    sentences = [part for whole in _sentences(text) for part in _apart_from_past(whole, finder)]
    kept = [part for part in sentences if not _is_praise(Text(part), finder)]
    return text if len(kept) == len(sentences) else text.less("".join(kept))


def _apart_from_past(sentence: str, finder: Finder) -> list[str]:
    """ "The two carbonaras last week were great, can we have …": praise of what is over, and what is wanted now."""
    first, comma, rest = sentence.partition(",")
    if not comma or not wordings("talk", "past", with_lists(finder.languages)).search(Text(first)):
        return [sentence]
    orders = finder.reading(rest)
    return [first + comma, rest] if orders.lines or orders.questions else [sentence]


def _is_praise(sentence: Text, finder: Finder) -> bool:
    """Goods that are over: named without a number, and nothing is wished, asked or complained of."""
    codes = with_lists(finder.languages)
    praised = wordings("talk", "praise", codes).search(sentence)
    if praised is None or "?" in sentence:
        return False
    wished = (("intents", "wants"), ("intents", "asks_to_order"), ("intents", "return"), ("talk", "once_more"))
    is_over = wordings("talk", "past", codes).search(sentence) is not None
    if _HAS_DIGIT.search(sentence) and not is_over:
        return False
    # "Wieder so lecker" wants nothing again.
    rest = Text(wordings("talk", "praise", codes).sub(" ", sentence)) if is_over else sentence
    if any(wordings(*key, codes).search(rest) for key in wished):
        return False
    if is_complaint(sentence, codes) or return_reason(sentence, finder.languages) in FAULTS:
        return False
    reading = finder.reading(sentence)
    # "The pizza was great, and two cokes": what stands behind the praise is none of it.
    counted = finder.reading(sentence[praised.end() :]) if is_over else reading
    return bool(reading.lines or reading.questions) and all(line.quantity == 1 for line in counted.lines)


def may_have_asides(text: Text, languages: tuple[str, ...]) -> bool:
    """Whether it is worth looking for questions and conditions."""
    return len(text) <= LONGEST and ("?" in text or not _HUNG.isdisjoint(may_say(text, with_lists(languages))))


def conditions(text: Text, finder: Finder) -> list[Span]:
    """Where goods hang on an "if", to the end of the sentence or to where "and" goes on with others, or are over."""
    codes = with_lists(finder.languages)
    if _HUNG.isdisjoint(may_say(text, codes)):
        return []
    found = [match.span("all") for match in _condition(codes).finditer(text) if not _is_polite(text, match, codes)]
    found += [clause.span() for clause in _CLAUSES.finditer(text) if _is_over(Text(clause[0]), codes)]
    return [(start, end) for start, end in found if _speaks_of_goods(text[start:end], finder)]


def _is_over(clause: Text, codes: tuple[str, ...]) -> bool:
    """ "Last time we had two carbonaras": it was so once, and is not wished."""
    if "talk.last_time" not in may_say(clause, codes) or is_complaint(clause, codes):
        return False
    wished = (("intents", "wants"), ("intents", "asks_to_order"), ("talk", "once_more"))
    is_told = all(wordings("talk", key, codes).search(clause) for key in ("last_time", "was_had"))
    return is_told and not any(wordings(*key, codes).search(clause) for key in wished)


def _is_polite(text: Text, condition: re.Match[str], codes: tuple[str, ...]) -> bool:
    """ "If possible" hangs on nothing."""
    at = condition.start("if")
    return any(wordings(*key, codes).match(text, at) for key in (("talk", "lead_ins"), ("edits", "filler")))


def _speaks_of_goods(words: str, finder: Finder) -> bool:
    """Goods by their name, as "2 of those", or as "I'd take two"."""
    reading = finder.reading(words)
    if reading.lines or reading.questions or _wants_some(Text(words), finder):
        return True
    said = bare(words, finder.languages).split()
    rests = (" ".join(said[at:]) for at in range(1, min(len(said), MOST_WORDS)))
    return any(wordings("edits", "set_quantity", finder.languages).fullmatch(rest) for rest in rests)


def _wants_some(words: Text, finder: Finder) -> bool:
    """Two and more close behind what somebody would take."""
    wanted = wordings("intents", "wants", with_lists(finder.languages)).search(words)
    counted = words[wanted.end() :].split()[:WORDS_TO_NUMBER] if wanted else ()
    return any((finder.number(word.strip(",.")) or 0) > 1 for word in counted)


def named_in_full(rest: Text, asked: str, finder: Finder) -> Text:
    """ "Can I still add one", behind a question about a single product: one of that."""

    def counts(words: str) -> bool:
        return any(finder.number(word) for word in _WORD.findall(words))

    reading = finder.reading(rest)
    if reading.lines or reading.questions or not all(map(counts, reading.unread)):
        return rest
    numbers = [number for word in _WORD.findall(rest) if (number := finder.number(word))]
    named = finder.reading(asked).lines
    if len(numbers) != 1 or len(named) != 1:
        return rest
    return Text(f"{numbers[0]} {named[0].words}")


def asks_throughout(text: Text, languages: tuple[str, ...], orders_nothing: Callable[[str], bool]) -> str:
    """The first of several questions in one sentence: "is it vegan, and can you do it without garlic?"; else ""."""
    sentences = [sentence for sentence in _sentences(text) if _HAS_WORD.search(sentence)]
    if len(sentences) != 1 or "?" not in text:
        return ""
    if not wordings("intents", "question", with_lists(languages)).match(text, len(text) - len(text.lstrip())):
        return ""
    asked = [f"{piece.rstrip('?')}?" for piece in pieces(text, languages)]
    orders = wordings("intents", "asks_to_order", with_lists(languages))
    if orders.search(text) and not any(orders.search(piece) for piece in asked):
        # What is cut in two orders: "kann man noch ein Tiramisu dazu | tun?".
        return ""
    return asked[0] if len(asked) > 1 and all(map(orders_nothing, asked)) else ""


def questions(text: Text, languages: tuple[str, ...], is_question: Callable[[str], bool]) -> list[Span]:
    """Sentences with a question mark that are questions, told by `is_question`, or the last clause of such a one.

    None where a question is all there is.
    """
    if "?" not in text:
        return []
    places = [found.span() for found in _SENTENCES.finditer(text) if _HAS_WORD.search(found[0])]
    found = list[Span]()
    for start, end in places:
        if "?" not in text[start:end]:
            continue
        *_, clause = (start, *(match.end("joint") for match in _asks(languages).finditer(text, start, end)))
        begins = [start] if len(places) > 1 else []
        begins += [clause] if clause > start else []
        found += [(begin, end) for begin in begins if is_question(text[begin:end].strip())][:1]
    return found


def orders_nothing(understood: Understood) -> bool:
    """ "Can you do it without garlic?", of goods that are not ordered yet."""
    return not (understood.reading.lines or understood.edits) and understood.wishes == Wishes()


def asks_of_part(words: str, languages: tuple[str, ...]) -> bool:
    """ "Could one of them have a gluten-free base?", of what stands before: so it is to be."""
    return wordings("intents", "asks_of_part", with_lists(languages)).search(words) is not None


def merely_asks(understood: Understood) -> bool:
    """ "Can I pay by card?" is a wish, too; the day of "are you open on the 24th?" is none."""
    return understood.intent is Intent.HOURS or (understood.intent in ASKING and understood.wishes == Wishes())


def cut_out(text: Text, spans: list[Span]) -> tuple[Text, tuple[str, ...]]:
    """The text without these places, and their words in the order of the text."""
    rest, said, at = "", list[str](), 0
    for start, end in sorted(spans):
        if start >= at:
            rest += text[at:start]
            said.append(text[start:end].strip(" \t\n,"))
            at = end
    return text.less(rest + text[at:]), tuple(said)


def _sentences(text: str) -> Iterator[str]:
    return (found[0] for found in _SENTENCES.finditer(text))


@cache
def _asks(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Where a question begins behind a comma: "two margheritas, and is the diavola hot?"."""
    codes = with_lists(languages)
    joint, begins = wordings("wishes", "and", codes).pattern, wordings("intents", "question", codes).pattern
    return re.compile(rf"(?P<joint>[,;–]\s*(?:{joint}\s+)?|\s{joint}\s+)(?={begins})", re.IGNORECASE)


@cache
def _condition(codes: tuple[str, ...]) -> re.Pattern[str]:
    trigger, joint = wordings("talk", "conditions", codes).pattern, wordings("wishes", "and", codes).pattern
    link = wordings("talk", "or_else", codes).pattern
    before = rf"(?:^|[.!?;\n,(–]|(?=(?<!\w)(?:{link}|{joint})\s))\s*"
    within = rf"(?:(?!,\s*(?:{joint})\s)(?:[^.!?;\n]|(?<=\d)\.(?=\d)))*[.!]?"
    return re.compile(rf"{before}(?P<all>(?:(?:{link}|{joint})\s+)?(?P<if>{trigger}){within})", re.IGNORECASE)
