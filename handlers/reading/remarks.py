"""Talk about people and things in the middle of an order: "for my aunt, who is picky". It is nothing unread."""

import re
from functools import cache

from handlers.reading.language import Role, words_for
from handlers.reading.menu_match import CompiledMenu
from handlers.reading.phrases import Kind
from handlers.reading.splitting import phrases_of
from handlers.reading.texts import Text
from handlers.reading.tokens import tokenize
from handlers.reading.wordings import may_say, with_lists, wordings

LONGEST = 200
"""A longer clause is no remark."""

_MAY_BE_GOODS = frozenset(
    {
        *(Kind.GOODS, Kind.CATEGORY, Kind.NUMBER, Kind.EMOJI),
        *(Role.ARTICLE, Role.WISH, Role.WITH, Role.REFUSE, Role.EXTRA, Role.LIGHT, Role.MORE, Role.SIDE_OF, Role.UNIT),
    }
)
"""Something of the menu, something counted, something wished for: a clause with one of these is never talk."""

SHORTEST_REFUSAL = 3
"""In words: "no wait" and "no sorry" refuse nothing."""
_REFUSING = frozenset({"wishes.note_nots", "wishes.note_withouts"})
_CLAUSES = re.compile(r"[.!?;,\n]+(?:\s|$)")
_SAYS_MORE = frozenset(
    {Kind.GOODS, Kind.NUMBER, Kind.UNKNOWN, Kind.EMOJI, Role.EXTRA, Role.ALL, Role.BOTH, Role.OF_THEM}
)
"""What is said of goods, or will be reported."""


def without_remarks(text: str, menu: CompiledMenu, languages: tuple[str, ...]) -> str:
    """The text without clauses that have a verb of telling or an opener like "because", and nothing like goods."""
    pieces = _ends(with_lists(languages)).split(text)
    return "".join(" " if _is_remark(piece, menu, languages) else piece for piece in pieces)


def idle_refusals(text: Text, menu: CompiledMenu, languages: tuple[str, ...], *, has_goods: bool) -> tuple[str, ...]:
    """Clauses that refuse what the menu does not have in words that are known: "the napkins are not needed".

    Nothing of them would be unread, and what was refused would come all the same.
    """
    codes = with_lists(languages)
    if may_say(text, codes).isdisjoint(_REFUSING):
        return ()
    parts = _CLAUSES.split(text)
    if has_goods and len(parts) == 1:
        return ()
    nots = [wordings("wishes", key, codes) for key in ("note_nots", "note_withouts")]
    if not any(each.may_be_in(text) for each in nots):
        return ()
    clauses = (text.less(clause.strip()) for clause in parts)
    refusing = [clause for clause in clauses if any(each.search(clause) for each in nots)]
    return tuple(clause for clause in refusing if _refuses_idly(clause, menu, languages))


def _refuses_idly(clause: Text, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    no = wordings("edits", "denies", languages).match(clause)
    if no and wordings("edits", "bare_without", languages).fullmatch(clause[no.end() :].strip(" ,")):
        # "With olives, or no, without" is a second thought about them.
        return False
    if wordings("edits", "lets_doubt_go", languages).fullmatch(clause):
        # "Never mind the other one" gives up what was asked.
        return False
    if wordings("edits", "corrects", languages).match(clause):
        # "No wait, the first one" refuses nothing.
        return False
    kinds = [phrase.kind for phrase in phrases_of(tokenize(clause), menu, words_for(languages))]
    if Role.REFUSE not in kinds or not _SAYS_MORE.isdisjoint(kinds):
        return False
    behind = kinds[kinds.index(Role.REFUSE) :]
    return Kind.CATEGORY not in behind and (Role.GENERIC in kinds or len(clause.split()) >= SHORTEST_REFUSAL)


def _is_remark(clause: str, menu: CompiledMenu, languages: tuple[str, ...]) -> bool:
    if not 0 < len(clause) <= LONGEST or not _remark(with_lists(languages)).match(clause.strip()):
        return False
    phrases = phrases_of(tokenize(clause), menu, words_for(languages))
    return not any(phrase.kind in _MAY_BE_GOODS for phrase in phrases)


@cache
def _ends(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Where a clause ends: at its mark, or before a word that opens or joins another one."""
    opens, joint = wordings("talk", "clause_openers", languages).pattern, wordings("wishes", "and", languages).pattern
    return re.compile(rf"([.!?;,\n]+|(?={opens}|{joint}))", re.IGNORECASE)


@cache
def _remark(languages: tuple[str, ...]) -> re.Pattern[str]:
    opens, tells = (wordings("talk", key, languages).pattern for key in ("clause_openers", "tells"))
    relative = wordings("talk", "relative_clauses", languages).pattern
    return re.compile(rf"{opens}|{tells}|{relative}$", re.IGNORECASE | re.DOTALL)
