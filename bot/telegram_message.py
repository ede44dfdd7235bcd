"""A letter as the parameters of the Bot API's methods: words that fit, buttons, pictures, where it goes."""

import re
from collections.abc import Sequence
from html import escape, unescape

from bot.telegram import upload
from bot.telegram_json import Json, at
from core.notices import MENU_CARD
from storage.outbox import Letter, LetterPhoto

LONGEST = {"text": 4096, "caption": 1024}
"""In code points, without the tags."""

ENDS_KEYBOARD = frozenset({"phone_kept", "location_kept"})

FORCES_REPLY = frozenset({"reply_awaited"})
"""Whoever is mentioned in it finds their reply to it begun."""

AGAIN = "↻ "
"""Before the words of a letter that may have arrived already."""

NO_PICTURE = "🖼 ✗ "
"""Before the words of a letter whose pictures Telegram does not take."""

_TAG = re.compile(r"<[^>]*>")


def where(letter: Letter) -> Json:
    """The chat, the topic and the message that is answered; a letter does not fail because that one is gone."""
    number = letter.reply_to or ""
    reply = {"message_id": int(number), "allow_sending_without_reply": True} if number.isdecimal() else None
    return {"chat_id": letter.address, "message_thread_id": letter.topic, "reply_parameters": reply}


def words(letter: Letter, mark: str = "", name: str = "text") -> Json:
    """The words with `mark` before them as parameter `name`: in HTML, or plain and cut if they are too long."""
    html = mark + (letter.html or escape(letter.text))
    if len(_visible(html)) > LONGEST[name]:
        return plain(letter, mark, name)
    return {name: html, "parse_mode": "HTML"}


def plain(letter: Letter, mark: str = "", name: str = "text") -> Json:
    """The words without any formatting."""
    text = mark + (letter.text or _visible(letter.html))
    return {name: text if len(text) <= LONGEST[name] else text[: LONGEST[name] - 1] + "…"}


def fits_caption(letter: Letter) -> bool:
    """Whether photo and words go as one message. A card's words are edited later, which needs a message of text.

    But for the menu, whose pages have a picture each.
    """
    is_short = len(AGAIN) + len(_visible(letter.html or letter.text)) <= LONGEST["caption"]
    return len(letter.photos) == 1 and letter.card in {None, MENU_CARD} and is_short


def markup(letter: Letter) -> Json | None:
    """The buttons below the words, or the keyboard that asks for phone number or location, its end, or a reply."""
    if (letter.asks_contact or letter.asks_location) and letter.buttons:
        wants = "request_contact" if letter.asks_contact else "request_location"
        ask = {"text": letter.buttons[0][0][0], wants: True}
        return {"keyboard": [[ask]], "resize_keyboard": True, "one_time_keyboard": True}
    if letter.notice in ENDS_KEYBOARD:
        return {"remove_keyboard": True}
    if letter.notice in FORCES_REPLY:
        # Selective: for whom the words mention, and nobody else of the group.
        return {"force_reply": True, "selective": True}
    return inline_buttons(letter)


def inline_buttons(letter: Letter) -> Json | None:
    if not letter.buttons:
        return None
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in letter.buttons]
    return {"inline_keyboard": rows}


def picture(photo: LetterPhoto) -> object:
    """Telegram's own id of the file, or its bytes."""
    return photo.telegram_file or upload(photo.data, photo.name or "photo.jpg")


def captioned(letter: Letter) -> Json:
    """The parameters that make a message this photo with these words."""
    (photo,) = letter.photos
    name = photo.telegram_file or "attach://photo0"
    files = {} if photo.telegram_file else {"photo0": picture(photo)}
    return {"media": {"type": "photo", "media": name, **words(letter, "", "caption")}, **files}


def photo_file(sent: object) -> str:
    """Telegram's id of the photo in a message that it gave back, in its largest size; "" if there is none."""
    sizes = at(sent, "photo")
    file_id = at(sizes[-1], "file_id") if isinstance(sizes, list) and sizes else None
    return file_id if isinstance(file_id, str) else ""


def album(photos: Sequence[LetterPhoto]) -> Json:
    """The parameters that make one message group of 2 to 10 photos."""
    names = [photo.telegram_file or f"attach://photo{number}" for number, photo in enumerate(photos)]
    files = {f"photo{number}": picture(photo) for number, photo in enumerate(photos) if not photo.telegram_file}
    return {"media": [{"type": "photo", "media": name} for name in names], **files}


def _visible(html: str) -> str:
    return unescape(_TAG.sub("", html))
