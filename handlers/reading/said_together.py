"""Phrases that are one thing together: "all the veggies", "an extra shot of espresso", "no room for milk"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.reading.language import (
    ALL,
    AND,
    ARTICLE,
    EXTRA,
    FILLER,
    GLUE,
    LINK,
    REFUSE,
    ROOM,
    SIDE_OF,
    WITH,
    Role,
    Words,
)
from handlers.reading.menu_match import CompiledMenu, Rank, Target
from handlers.reading.noun_phrases import LINKS, OPENERS
from handlers.reading.phrases import CATEGORY, COMMA, GOODS, LINE, NUMBER, UNKNOWN, Kind, Phrase
from handlers.reading.tokens import Token, key_of, stem

_WITHOUT_MEANING = frozenset({*LINKS, GLUE, FILLER})
JOINING = frozenset({ALL, ROOM, EXTRA, LINK, REFUSE})
"""Kinds of phrases without which nothing is said together."""
_MAY_JOIN = frozenset({GOODS, CATEGORY, ALL, ROOM, EXTRA})
_ENDS = frozenset({LINE, COMMA, AND, WITH, REFUSE, None})


def together(phrases: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> list[Phrase]:
    """The phrases, each run of them that says one thing as one."""
    joining = _Joining(phrases, menu, tokens, words)
    found: list[Phrase] = []
    at = 0
    while at < len(phrases):
        if phrases[at].kind not in _MAY_JOIN:
            found.append(phrases[at])
            at += 1
            continue
        phrase = joining.at(at)
        if phrase.kind is NUMBER and found and phrase is not phrases[at] and found[-1].kind is ARTICLE:
            # "A double shot" are two.
            found[-1] = replace(found[-1], kind=GLUE)
        found.append(phrase)
        while at < len(phrases) and phrases[at].end <= phrase.end:
            at += 1
    return found


def may_be_one_of_two(phrases: Sequence[Phrase]) -> bool:
    """Whether two products have one opener between them: "a ham and turkey sub"."""
    return any(
        joint.kind is AND and first.products and second.products and opener.kind in OPENERS
        for opener, first, joint, second in zip(phrases, phrases[1:], phrases[2:], phrases[3:], strict=False)
    )


class _Joining:
    def __init__(self, phrases: Sequence[Phrase], menu: CompiledMenu, tokens: Sequence[Token], words: Words) -> None:
        self._phrases = phrases
        self._menu = menu
        self._tokens = tokens
        self._words = words

    def at(self, at: int) -> Phrase:
        """What begins at a place, as one phrase."""
        phrase = self._phrases[at]
        if phrase.kind is ALL:
            return self._whole_group(at) or phrase
        if phrase.kind is ROOM:
            return self._aside(at)
        if phrase.kind is EXTRA:
            return self._multiple(at) or phrase
        if self._kind(at + 1) is AND and (one := self._one_of_two(at)):
            return one
        if self._kind(at + 1) is LINK:
            phrase = self._stuff_of(at) or phrase
        if self._is_refused(at) and (self._is_group(phrase) or self._is_quality(phrase)):
            # "No veggies" is no word about the veggie sub, "not spicy" none about spicy salami; both are asked.
            return Phrase(UNKNOWN, phrase.start, phrase.end)
        return phrase

    def _kind(self, at: int) -> Kind | Role | None:
        return self._phrases[at].kind if 0 <= at < len(self._phrases) else None

    def _after(self, at: int, passed: frozenset[Role]) -> int:
        at += 1
        while self._kind(at) in passed:
            at += 1
        return at

    def _one_of_two(self, at: int) -> Phrase | None:
        """ "A ham and turkey sub": one number, one noun and two goods; whether it is one or two is asked."""
        first = self._phrases[at]
        second = self._phrases[at + 2] if self._kind(at + 2) is GOODS else None
        if second is None or self._kind(at - 1) not in OPENERS or not first.products or not second.products:
            return None
        behind = self._phrases[at + 3] if self._kind(at + 3) in (CATEGORY, UNKNOWN, GOODS) else second
        end = behind.end if behind.end == behind.start + 1 else second.end
        noun, words = self._tokens[end - 1].text, [token.text for token in self._tokens[first.start : first.end]]
        if stem(noun) not in self._words.heads or stem(words[-1]) in self._words.heads:
            return None
        nouns = (noun, *self._words.synonyms.get(key_of((noun,), self._words.numbers), ()))
        named = [self._menu.named(key_of((*words, each), self._words.numbers), "") for each in nouns]
        if not any(target.sku in first.products for targets in named for target in targets):
            return None
        if not set(first.products).isdisjoint(second.products):
            return None
        return Phrase(GOODS, first.start, end, products=(*first.products, *second.products))

    def _whole_group(self, at: int) -> Phrase | None:
        """ "All the veggies": all values of the group that is called so, or the one value that is."""
        after = self._after(at, frozenset({*LINKS, GLUE}))
        if after == len(self._phrases) or self._phrases[after].end != self._phrases[after].start + 1:
            return None
        start, named = self._phrases[at].start, self._phrases[after]
        text = self._tokens[named.start].text
        exact = self._menu.named(key_of((self._tokens[start].text, text), self._words.numbers), "")
        if exact and all(target.group for target in exact):
            return Phrase(GOODS, start, named.end, options=exact)
        for noun in self._nouns(text):
            if targets := self._values(noun):
                return Phrase(GOODS, start, named.end, options=targets, is_whole=True)
        return None

    def _aside(self, at: int) -> Phrase:
        """ "With room for milk": the milk is not ordered; for what the room is, is said."""
        after = self._after(at, _WITHOUT_MEANING)
        end = self._phrases[after if self._kind(after) is GOODS else at].end
        return Phrase(UNKNOWN, self._phrases[at].start, end)

    # ---- measures

    def _multiple(self, at: int) -> Phrase | None:
        """ "A double shot" are two shots; before goods nobody knows what it doubles: "a double shot latte"."""
        phrase, times = self._phrases[at], self._words.multiples.get(self._tokens[self._phrases[at].start].text)
        option = self._phrases[at + 1] if self._kind(at + 1) is GOODS else None
        if (
            times is None
            or option is None
            or option.products
            or not self._is_measure(self._tokens[option.end - 1].text)
        ):
            return None
        if self._kind(at + 2) in _ENDS:
            return Phrase(NUMBER, phrase.start, phrase.end, value=times)
        return Phrase(UNKNOWN, phrase.start, option.end)

    def _is_measure(self, noun: str, link: str = "") -> bool:
        links = [link] if link else self._menu_links
        return any(self._words.roles.get(f"{noun} {each}") is SIDE_OF for each in links)

    @property
    def _menu_links(self) -> list[str]:
        return [word for word, role in self._words.roles.items() if role is LINK]

    def _stuff_of(self, at: int) -> Phrase | None:
        """ "An extra shot of espresso": the espresso is what the shot is made of, no other goods.

        Of a shot of another option it is the measure: "two shots of vanilla".
        """
        phrase = self._phrases[at]
        if not phrase.options or phrase.products or self._kind(at + 2) is not GOODS:
            return None
        link, stuff = self._phrases[at + 1], self._phrases[at + 2]
        if any(target.group not in self._menu.several for target in phrase.options):
            # "A can of coke": the coke comes in it.
            return None
        if not self._is_measure(self._tokens[phrase.end - 1].text, self._tokens[link.start].text):
            return None
        if stuff.products:
            return replace(phrase, end=stuff.end)
        return Phrase(SIDE_OF, phrase.start, link.end)

    # ---- refusals

    def _is_refused(self, at: int) -> bool:
        at -= 1
        while at >= 0 and self._phrases[at].kind in _WITHOUT_MEANING:
            at -= 1
        # "None of the pizzas with onions" refuses no pizzas.
        return at >= 0 and self._phrases[at].kind is REFUSE and self._phrases[at].amount is not Role.NEITHER

    def _is_group(self, phrase: Phrase) -> bool:
        """Is this the name of a group, and of no option?"""
        if phrase.options or phrase.end != phrase.start + 1:
            return False
        return any(self._values(noun) for noun in self._nouns(self._tokens[phrase.start].text))

    def _is_quality(self, phrase: Phrase) -> bool:
        """The first words of an option's name, which say only how it is, or what else it is of."""
        if phrase.products or not all(target.rank == Rank.BEGINNING for target in phrase.options):
            return False
        return not any(self._has_shared_tail(target) for target in phrase.options)

    def _has_shared_tail(self, target: Target) -> bool:
        """Do several values of the group end on the same noun? "No vanilla" refuses the vanilla syrup."""
        return any(
            target.group in groups and (target.group, target.value, noun) in self._menu.own_tails
            for noun, groups in self._menu.tails.items()
            if noun in self._words.heads or noun in self._menu.group_nouns
        )

    def _nouns(self, text: str) -> Iterator[str]:
        yield stem(text)
        for other in self._words.synonyms.get(key_of((text,), self._words.numbers), ()):
            yield stem(other)

    def _values(self, noun: str) -> tuple[Target, ...]:
        groups = sorted(self._menu.group_nouns.get(noun, ()))
        return tuple(target for group in groups for target in self._menu.several.get(group, ()))
