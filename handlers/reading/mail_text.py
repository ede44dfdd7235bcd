"""A mail's text taken apart: the writer's own new words, what is quoted, forwarded, or stands below as a signature."""

import re
from collections.abc import Iterable
from functools import cache

from core.frozen import frozen
from handlers.reading.word_lists import word_list

LONGEST = 200_000
"""Characters of a text that are taken apart; nobody writes so many."""
MOST_LINES = 1_500
"""The same for lines."""
LONGEST_MARK = 60
LONGEST_LINE = 1_000
"""Longer lines are never a header, a closing or an attribution."""
ATTRIBUTION_LINES = 4

QUOTED = re.compile(r"^\s{0,3}(?:>|\|\s)")
QUESTION = re.compile(r"^\s{0,3}>[>\s]*(\d{1,2})\.\s.*\?\s*$")
OFFERED = re.compile(r"^\s{0,3}>[>\s]*(?:[–-].*)?$")
SIGNATURE_MARK = re.compile(r"^-- $")
WEAK_MARK = re.compile(r"^(?:--|—|__|–)\s*$")
ORDER_LINE = re.compile(r"^\s*[-*•]?\s*\d+\s*(?:[x×*]\s*)?[^\W\d_]")
CLOSING_NAME = r"\s*[,.!–-]*(?:(?<=[,.!–-])\s*(?:[^\W\d_]+[.,!]?\s*){0,3})?"
SIGNATURE_LINES = 8
HEADER_LINE = re.compile(r"^\s*\*?([^\W\d_][^:\n]{0,20}?)\*?\s?:\*?\s")
BLANK_LINES = re.compile(r"\n{3,}")
WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
PREFIX = re.compile(r"\s*([^\W\d_]{1,8})\s?:")
RULE = re.compile(r"^[\s_*=-]{10,}$")
AFTERWORD = re.compile(r"^\s*p\.?\s?s\.?\s*[:.\w]", re.IGNORECASE)


OPENINGS = ("forwarded", "original")
"""What opens another mail, with the word list of the same name."""


@frozen
class MailWords:
    """`own`: the writer's new words; `signature`: what stood below them; `forwarded`: what was passed on."""

    own: str
    signature: str = ""
    forwarded: str = ""


def take_apart(text: str, *, sender_name: str = "", is_forward: bool = False) -> MailWords:
    """The parts of a mail's text. `is_forward` (from the subject): a header block begins what was passed on."""
    lines = text.split("\n", MOST_LINES)[:MOST_LINES]
    own, rest, forwarded = _cut_at_answered(lines, is_forward=is_forward)
    own_words, signature = _cut_signature(_without_quotes(own), sender_name)
    passed_on = _passed_on(rest) if forwarded else []
    return MailWords(_joined(own_words), _joined(signature), _joined(passed_on))


def _passed_on(lines: list[str]) -> list[str]:
    """The words of the forwarded mail, read like any mail's."""
    body, _, _ = _cut_at_answered(_after_headers(_unquoted(lines)), is_forward=False)
    return _cut_signature(_without_quotes(body), _sender_in(lines))[0]


def _joined(lines: Iterable[str]) -> str:
    return BLANK_LINES.sub("\n\n", "\n".join([line.rstrip() for line in lines])).strip()


# What is being answered, or passed on ----------------------------------------------------------------


def _cut_at_answered(lines: list[str], *, is_forward: bool) -> tuple[list[str], list[str], bool]:
    """(lines above, lines below, were they forwarded?) at the first line that begins another mail."""
    colons = _colons(lines)
    for index, line in enumerate(lines):
        if len(line) > LONGEST_LINE:
            continue
        if mark := _mark(line):
            return lines[:index], lines[index + 1 :], is_forward or mark == "forwarded"
        if ":" in line and _is_header_block(lines, index):
            return _drop_rule(lines[:index]), lines[index:], is_forward
        length = _attribution(lines, index) if colons else 0
        if length and not _quoted_follows(lines, index + length):
            return lines[:index], lines[index + length :], is_forward
    return lines, [], False


def _mark(line: str) -> str:
    """ "forwarded", or "original" for "---- Original Message ----"; "" for a sentence that begins with such words."""
    bare = line.lstrip("> \t").strip("-_*= \t").rstrip(":").strip().casefold()
    if len(bare) > LONGEST_MARK or not bare.startswith(_openings()):
        return ""
    is_ruled = line.lstrip("> \t")[:1] in ("-", "_", "*", "=")
    for which in OPENINGS:
        if bare in _marks(which) or (is_ruled and bare.startswith(_marks(which))):
            return which
    return ""


@cache
def _openings() -> tuple[str, ...]:
    return tuple(mark for which in OPENINGS for mark in _marks(which))


@cache
def _marks(which: str) -> tuple[str, ...]:
    return tuple(mark.casefold() for mark in word_list("mail")[which])


@cache
def _header_names() -> frozenset[str]:
    return frozenset(word_list("mail")["header_names"])


def _header_name(line: str) -> str | None:
    if len(line) > LONGEST_LINE:
        return None
    found = HEADER_LINE.match(line.lstrip("> ") + " ")
    name = found[1].strip().casefold() if found else ""
    return name if name in _header_names() else None


def _is_header_block(lines: list[str], index: int) -> bool:
    """Three header lines one below the other, one of them with an address or a date: "From: …", "Sent: …", "To: …"."""
    if _header_name(lines[index]) is None:
        return False
    block = [line for line in lines[index : index + 8] if line.strip("> \t")][:5]
    named = [line for line in block if _header_name(line)]
    return len(named) >= 3 and any("@" in line or re.search(r"\b20\d\d\b", line) for line in named)


def _drop_rule(lines: list[str]) -> list[str]:
    """Without the ruler that Outlook draws above a header block."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or RULE.match(kept[-1])):
        kept.pop()
    return kept


def _colons(lines: list[str]) -> bool:
    """Whether any line ends as an attribution does."""
    return any(line.rstrip().endswith(":") for line in lines)


def _attribution(lines: list[str], index: int) -> int:
    """How many lines from here say "On Monday, Bea <bea@…> wrote:"; 0 if they do not."""
    if not lines[index].strip("> \t"):
        return 0
    joined = ""
    for count, line in enumerate(lines[index : index + ATTRIBUTION_LINES], start=1):
        if not line.strip("> \t") or len(line) > LONGEST_LINE:
            return 0
        joined = f"{joined} {line.lstrip('> ').strip()}".strip()
        if joined.endswith(":") and _says_wrote(joined):
            return count
    return 0


def _says_wrote(line: str) -> bool:
    """A verb of writing, and a date or an address: an order may well hold a colon."""
    has_source = "@" in line or len(re.findall(r"\d+", line)) >= 2
    return has_source and _wrote().search(line) is not None


@cache
def _wrote() -> re.Pattern[str]:
    verbs = "|".join(re.escape(verb) for verb in _marks("wrote"))
    return re.compile(rf"(?<!\w)(?:{verbs})(?!\w)", re.IGNORECASE)


def _quoted_follows(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index : index + 3] if line.strip()), "")
    return bool(QUOTED.match(following))


def _without_quotes(lines: list[str]) -> list[str]:
    """Without quoted lines and the attributions above them; answers between quotes stay, with the number of each."""
    kept: list[str] = []
    index, asked = 0, ""
    colons = _colons(lines)
    while index < len(lines):
        length = _attribution(lines, index) if colons else 0
        if length or QUOTED.match(lines[index]):
            asked = "" if length else _number_asked(lines[index], asked)
            index += length or 1
            kept.append("")
            continue
        kept.append(f"{asked}. {lines[index].strip()}" if asked and lines[index].strip() else lines[index])
        asked = "" if lines[index].strip() else asked
        index += 1
    return kept


def _number_asked(quoted: str, asked: str) -> str:
    """The number of the question that is quoted, also over the answers that it offers; "" for any other words."""
    question = QUESTION.match(quoted)
    if question is not None:
        return question[1]
    return asked if OFFERED.match(quoted) else ""


def _unquoted(lines: list[str]) -> list[str]:
    """A forwarded mail stands quoted in some clients."""
    written = [line for line in lines if line.strip()]
    if written and all(QUOTED.match(line) for line in written):
        return [re.sub(r"^\s*>\s?", "", line) for line in lines]
    return lines


def _after_headers(lines: list[str]) -> list[str]:
    """Without the header lines that open a forwarded mail."""
    index = 0
    while index < len(lines) and (not lines[index].strip("> \t") or _header_name(lines[index])):
        index += 1
    return lines[index:]


def _sender_in(lines: list[str]) -> str:
    """The name in the "From:" line of a forwarded mail."""
    for line in lines[:8]:
        if _header_name(line) in word_list("mail")["sender_names"]:
            return re.split(r"[<\[(]", line.split(":", 1)[1])[0].strip(' *"')
    return ""


# What stands below the writer's words ------------------------------------------------------------------


def _cut_signature(lines: list[str], sender_name: str) -> tuple[list[str], list[str]]:
    """(the words, what stands below them); a "PS" below a closing still counts as words."""
    end = _signature_start(lines, sender_name)
    words, below = lines[:end], lines[end:]
    after = next((at for at, line in enumerate(below) if AFTERWORD.match(line)), None)
    if after is not None:
        words += ["", *_cut_footer(below[after:])]
        below = below[:after]
    return words, below


def _signature_start(lines: list[str], sender_name: str) -> int:
    written = False
    for index, line in enumerate(lines):
        if SIGNATURE_MARK.match(line) or (written and _is_footer(line)):
            return index
        if written and _ends_here(lines, index, sender_name):
            return index
        written = written or bool(line.strip())
    return len(lines)


def _ends_here(lines: list[str], index: int, sender_name: str) -> bool:
    """Whether this line is a closing or the sender's name, and what follows it no more than a signature."""
    line = lines[index]
    strong = _is_closing(line, "closings") or _is_name(line, sender_name)
    if not strong and not WEAK_MARK.match(line) and not _is_closing(line, "weak_closings"):
        return False
    following = [below for below in lines[index + 1 :] if below.strip() and not _is_footer(below)]
    return len(following) <= SIGNATURE_LINES and (strong or not any(ORDER_LINE.match(below) for below in following))


def _cut_footer(lines: list[str]) -> list[str]:
    return lines[
        : next((at for at, line in enumerate(lines) if SIGNATURE_MARK.match(line) or _is_footer(line)), len(lines))
    ]


def _is_footer(line: str) -> bool:
    return line[:100].strip(" *_-").casefold().startswith(_marks("footers"))


def _is_closing(line: str, which: str) -> bool:
    """A closing, then nothing or a name: "Kind regards, Carl"."""
    bare = line.strip().casefold() if len(line) < 100 else ""
    return _closing(which).fullmatch(bare) is not None


@cache
def _closing(which: str) -> re.Pattern[str]:
    closings = "|".join(re.escape(closing) for closing in sorted(_marks(which), key=len, reverse=True))
    links, openers = ("|".join(_marks(key)) for key in ("closing_links", "closing_openers"))
    return re.compile(
        rf"(?:(?:{openers})\s+){{0,3}}(?:{closings})(?!\w)(?:\s+(?:{links})(?:\s+[^\W\d_]+){{1,4}})?{CLOSING_NAME}"
    )


def _is_name(line: str, sender_name: str) -> bool:
    """Whether this line is the sender's name, whole or a part of it."""
    words = WORD.findall(line.casefold()) if len(line) < 80 else []
    names = WORD.findall(sender_name.casefold())
    return (
        bool(words)
        and not DIGIT.search(line)
        and all(word in names or (len(word) == 1 and _initial(word, names)) for word in words)
    )


def _initial(letter: str, names: list[str]) -> bool:
    return any(name.startswith(letter) for name in names)


def is_forward_subject(subject: str) -> bool:
    """Whether the subject begins with "Fwd:", "WG:" or the like."""
    found = PREFIX.match(subject)
    return found is not None and found[1].casefold() in _marks("forward_subjects")


def is_reply_subject(subject: str) -> bool:
    """Whether the subject was taken over from the mail that is answered: "Re:", "AW:"."""
    found = PREFIX.match(subject)
    return found is not None and found[1].casefold() in _marks("reply_subjects")
