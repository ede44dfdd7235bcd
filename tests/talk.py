"""Talks: conversations as people would write them, played against the whole desk.

    bea>    two margheritas                 writes; (photo), (contact), (place), (voice), (edit), (edit of WORDS),
                                            (reply to WORDS) stand before
    bea>    [Place order]                   taps the newest button of that name; (late) taps one that is gone
    carl>>  two jars of honey               mails; (subject X), (in reply), (in reply to WORDS), (html),
                                            (signed), (photo) stand before
    bea<    Total 19.50 EUR                 a letter to that person holds these words
    staff<  (card) Accepted by Anna         … and is an edit in place; (photo): has photos
    bea<    [Place order] [Change]          … and has these buttons; without [Undo]: has not
    staff!  already accepted                the little answer over the tapped button
    later 10 minutes · away 1 day           time passes, with the bot or without it
    shop slots: {lead: 20}                  the line stands in the shop file instead of that of the same key
    apply "8.50" => "9.00"                  another shop file counts: other words in it, or without SKU
    restart                                 the program ends and starts anew
    next A title                            another talk on the same desk: customers are people whom nobody knows yet
    stock coke: shelf 47 held 1             what the ledger says
    order #1001: accepted                   what the order says: state, fulfilment, "paid 19.50"
    return R-1001-1: approved

A letter that no line expects fails the talk. Lines that go on are indented.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from core.frozen import frozen
from tests import updates
from tests.desk import DeskForTests, Heard
from tests.mails import Draft
from tests.people import MAILERS, PEOPLE, Person
from tests.talk_doings import BOOKS, DEEDS, DOINGS, TalkFailed

SPEECH = re.compile(r"(\w+)(>>|>|<|!)\s*(.*)", re.DOTALL)
MARK = re.compile(r"\(([^()]*)\)\s*")
BUTTON = re.compile(r"\[([^\]]+)\]")
NEWCOMERS = 10_000
"""Between the ids of those who have the same name in two talks of a file."""


@frozen(slots=False)
class Line:
    number: int
    words: str


@dataclass
class Talk:
    """One talk on one desk."""

    desk: DeskForTests
    name: str
    line: Line = field(default_factory=lambda: Line(0, ""))
    heard: list[Heard] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """Which of `heard` some line has named."""
    last_tapper: str = ""
    said: dict[str, int] = field(default_factory=dict)
    """The last message of each person, for edits."""
    written: dict[str, dict[int, str]] = field(default_factory=dict)
    """What each person wrote, by message: an edit may be of any of them."""
    newcomers: int = 0
    """How often other customers have taken over the names of the ones before."""

    async def play(self, source: str) -> None:
        """Every line in turn; then the books must be right."""
        for line in read_lines(source):
            await self._one(line)
        self._all_expected()
        await self.desk.check_books()

    async def _one(self, line: Line) -> None:
        speech = SPEECH.fullmatch(line.words)
        if speech is None or speech[2] in (">", ">>"):
            if speech is not None or line.words.split()[0] in DOINGS:
                self._all_expected()
            self.line = line
            await self._do(line.words, speech)
        else:
            self.line = line
            self._expect(speech[1], speech[3], is_toast=speech[2] == "!")

    async def _do(self, words: str, speech: re.Match[str] | None) -> None:
        try:
            if speech is not None:
                who, sign, rest = speech.groups()
                await (self._mails(who, rest) if sign == ">>" else self._speaks(who, rest))
            else:
                verb, _, rest = words.partition(" ")
                await (DOINGS | BOOKS)[verb](self, rest)
        except (KeyError, LookupError, ValueError) as error:
            raise TalkFailed(f"{self.where()}\ncannot be done: {error}{self._on_screens()}") from error
        if faults := self.desk.faults():
            raise TalkFailed(f"{self.where()}\nbroke the desk") from faults[0]
        self.heard += self.desk.take_heard()

    # Chat

    async def _speaks(self, who: str, words: str) -> None:
        person, chat = self._person(who)
        marks, words = _marks(words)
        self.last_tapper = who
        if buttons := BUTTON.match(words):
            await self._taps(person, chat, buttons[1], words[buttons.end() :].removeprefix(" of ").strip(), marks)
            return
        for mark in marks:
            kind, _, about = mark.partition(" ")
            if kind in DEEDS:
                await DEEDS[kind](self, person, chat, about, words)
                return
        content: dict[str, Any] = {"text": words}
        for mark in marks:
            content |= self._content(mark, words, chat)
        edit = next((mark for mark in marks if mark.split()[0] == "edit"), None)
        if edit is not None:
            content["edits"] = self._edited(who, edit.removeprefix("edit").removeprefix(" of "))
        else:
            self.said[who] = self.desk.screen(chat).last_id + 1
        self.written.setdefault(who, {})[content.get("edits") or self.said[who]] = words
        if len(content) > 1 and not {"reply_to_message", "edits"} & set(content):
            del content["text"]
        await self.desk.message(person, chat=chat, **content)

    async def _taps(self, person: Person, chat: int, label: str, words: str, marks: list[str]) -> None:
        screen = self.desk.screen(chat)
        number, data = screen.gone_button(label) if "late" in marks else screen.button(label, words)
        await self.desk.tap(person, number, data, chat=chat)

    def _edited(self, who: str, words: str) -> int:
        """The last message, or the newest that holds these words."""
        if not words:
            return self.said[who]
        return max(number for number, text in self.written.get(who, {}).items() if words in text)

    def _content(self, mark: str, words: str, chat: int) -> dict[str, Any]:
        kind, _, about = mark.partition(" ")
        match kind:
            case "photo":
                album = {"media_group_id": about.removeprefix("of ")} if about else {}
                return {**updates.photo(f"file{self.desk.screen(chat).last_id}"), "caption": words, **album}
            case "reply":
                number = self.desk.screen(chat).newest_with(about.removeprefix("to "))
                return {"reply_to_message": updates.reply(number)}
            case "voice" | "sticker" | "location":
                return {kind: {"file_id": "f"}}
            case "edit":
                return {}
        raise KeyError(f"({mark})")

    def _person(self, who: str) -> tuple[Person, int]:
        name, _, place = who.partition("_")
        person = self._as_now(PEOPLE[name])
        if place == "group":
            return person, self.desk.group
        if place == "private":
            return person, person.id
        return person, self.desk.chat_of(person)

    def _as_now(self, person: Person) -> Person:
        return person if person.in_group else replace(person, id=person.id + NEWCOMERS * self.newcomers)

    # Mail

    async def _mails(self, who: str, words: str) -> None:
        name, address = MAILERS[who]
        draft = Draft(name, address, "")
        marks, draft.text = _marks(words)
        for mark in marks:
            kind, _, about = mark.partition(" ")
            match kind:
                case "subject":
                    draft.subject = about
                case "in":
                    words_in_it = about.removeprefix("reply").removeprefix(" to ")
                    draft.answers = [mail for mail in self.desk.mails[address] if words_in_it in mail.text][-1]
                    draft.subject = "Re: " + draft.answers.subject.removeprefix("Re: ")
                case "html":
                    draft.as_html = True
                case "signed":
                    draft.is_signed = True
                case "photo":
                    draft.photos += 1
                case "header":
                    header, _, value = about.partition(": ")
                    draft.headers[header] = value
                case _:
                    raise KeyError(f"({mark})")
        await self.desk.mail(draft.sent(self.line.number, self.desk.clock.now()))

    # What people hear

    def _expect(self, who: str, words: str, *, is_toast: bool) -> None:
        marks, rest = _marks(words)
        absent = rest.startswith("without [")
        buttons = BUTTON.findall(rest) if absent or not BUTTON.sub("", rest).strip() else []
        found = [
            place
            for place, heard in enumerate(self.heard)
            if self._reached(heard) == who
            and (heard.is_toast or not is_toast)
            and all(EXPECTED_MARKS[mark](heard) for mark in marks)
            and (_lacks(heard, buttons) if absent else _has(heard, rest, buttons))
        ]
        if not found:
            raise TalkFailed(f"{self.where()}\nwas not said. What was said:{self._everything()}")
        self.expected.update(found)

    def _reached(self, heard: Heard) -> str:
        if heard.is_toast:
            return self.last_tapper
        if heard.where == str(self.desk.group):
            return "staff"
        now = {name: self._as_now(one) for name, one in PEOPLE.items()}
        names = {str(one.id): f"{name}_private" if one.in_group else name for name, one in now.items()}
        names |= {address: name for name, (_, address) in MAILERS.items()}
        return names.get(heard.where, heard.where)

    def _all_expected(self) -> None:
        unexpected = [heard for place, heard in enumerate(self.heard) if place not in self.expected]
        if unexpected:
            shown = "".join(self._show(heard) for heard in unexpected)
            raise TalkFailed(f"{self.where()}\nand before the next step nobody expected:{shown}")
        self.heard, self.expected = [], set()

    def _everything(self) -> str:
        return "".join(self._show(heard) for heard in self.heard) or "\n  nothing"

    def _show(self, heard: Heard) -> str:
        sign = "!" if heard.is_toast else "<"
        lines = [line.rstrip() for line in heard.words.splitlines() if line.strip()]
        lines += [" ".join(f"[{label}]" for label in heard.buttons)] if heard.buttons else []
        start = f"\n  {self._reached(heard)}{sign} {'(card) ' if heard.is_edit else ''}"
        return start + "\n      ".join(lines)

    def where(self) -> str:
        return f"\n{self.name}:{self.line.number}: {self.line.words}"

    def _on_screens(self) -> str:
        return "".join(
            f"\n  {chat}: {shown.text!r} {[label for label, _ in shown.buttons]}"
            for chat, screen in self.desk.screens.items()
            for shown in screen.messages.values()
        )


def read_lines(source: str) -> list[Line]:
    """The lines of a talk without comments; indented ones belong to the line above."""
    lines: list[Line] = []
    for number, raw in enumerate(source.splitlines(), start=1):
        if raw[:1] in ("", "#"):
            continue
        if raw[:1].isspace() and lines:
            lines[-1] = replace(lines[-1], words=lines[-1].words + "\n" + raw.strip())
        else:
            lines.append(Line(number, raw.strip()))
    return lines


def _marks(words: str) -> tuple[list[str], str]:
    marks = []
    while found := MARK.match(words):
        marks.append(found[1])
        words = words[found.end() :]
    return marks, words.strip("\n")


def _has(heard: Heard, words: str, buttons: list[str]) -> bool:
    if buttons:
        return all(any(_is_label(label, wanted) for label in heard.buttons) for wanted in buttons)
    return _plain(words) in _plain(heard.words)


def _lacks(heard: Heard, buttons: list[str]) -> bool:
    return not any(_is_label(label, wanted) for label in heard.buttons for wanted in buttons)


def _is_label(label: str, wanted: str) -> bool:
    return label == wanted or label.startswith(wanted + " ")


def _plain(words: str) -> str:
    return " ".join(words.split())


EXPECTED_MARKS: dict[str, Callable[[Heard], bool]] = {
    "card": lambda heard: heard.is_edit,
    "new": lambda heard: not heard.is_edit,
    "photo": lambda heard: heard.photos > 0,
    "asks location": lambda heard: heard.asks_location,
    "asks contact": lambda heard: heard.asks_contact,
}
