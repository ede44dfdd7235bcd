"""The courier for Telegram: letters become messages, and its refusals the few answers that a sender knows."""

from collections.abc import Iterable
from dataclasses import replace

import structlog

from bot.edges import PerhapsDelivered, Receipt, TryLater, Undeliverable
from bot.telegram import FAILURES, BadToken, Conflicting, Refused, TelegramClient
from bot.telegram_json import Json, at, is_id
from bot.telegram_message import (
    AGAIN,
    NO_PICTURE,
    album,
    captioned,
    fits_caption,
    inline_buttons,
    markup,
    photo_file,
    picture,
    plain,
    where,
    words,
)
from core.frozen import frozen
from core.notices import MENU_CARD
from storage.outbox import Letter, LetterPhoto

log = structlog.get_logger()

LONGEST_TOAST = 200
MOST_IN_ALBUM = 10
PAUSE_WITHOUT_TOKEN_SECONDS = 60
NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}

# Telegram's words, in small letters, for what has no code of its own.
NOT_MODIFIED = ("message is not modified",)
NOT_EDITABLE = (
    "message to edit not found", "message can't be edited", "no text in the message", "no media in the message",
    "message_id_invalid",
)  # fmt: skip
TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted")
ENTITIES_BROKEN = ("can't parse entities",)
NOT_A_PHOTO = (
    "can't use file of type", "type of file mismatch", "photo_invalid_dimensions", "image_process_failed",
    "photo_ext_invalid",
)  # fmt: skip
UNREACHABLE = (
    "chat not found", "user not found", "peer_id_invalid", "chat_write_forbidden", "not enough rights to send",
    "have no rights to send",
)  # fmt: skip


@frozen
class _Call:
    method: str
    params: Json
    simple: Json
    """The words without formatting, for when Telegram cannot read it."""


class TelegramCourier:
    """A card is edited in place; what cannot be edited any more is sent anew."""

    def __init__(self, client: TelegramClient) -> None:
        self._client = client

    async def deliver(self, letter: Letter) -> Receipt:
        """See Courier."""
        try:
            return await self._edit(letter) if letter.edits else await self._send(letter)
        except Refused as refusal:
            raise Undeliverable(refusal.words, unreachable=_is_unreachable(refusal)) from refusal
        except (BadToken, Conflicting) as error:
            # The letter is not to blame: it waits until somebody has set the right token.
            raise TryLater(error.words, PAUSE_WITHOUT_TOKEN_SECONDS, whole_channel=True) from error

    async def answer_tap(self, callback_id: str, text: str = "") -> None:
        """Show `text` over the tapped button, or end its waiting. Never raises: a tap too old is no harm."""
        try:
            await self._client.call(
                "answerCallbackQuery", {"callback_query_id": callback_id, "text": text[:LONGEST_TOAST] or None}
            )
        except FAILURES as failure:
            log.info("telegram_tap_unanswered", why=repr(failure))

    async def photo_bytes(self, file_id: str) -> bytes:
        """A photo that somebody sent. Raises TryLater, or Undeliverable if it is gone or larger than 10 MB."""
        try:
            return await self._client.file(file_id)
        except Refused as refusal:
            raise Undeliverable(refusal.words) from refusal
        except (PerhapsDelivered, BadToken) as failure:
            raise TryLater(repr(failure)) from failure

    async def _edit(self, letter: Letter) -> Receipt:
        try:
            edited, warnings = await self._call(_edited(letter))
        except PerhapsDelivered as failure:
            # To edit twice is to edit once.
            raise TryLater(failure.why) from failure
        except Refused as refusal:
            if _says(refusal, NOT_MODIFIED):
                return Receipt(str(letter.edits))
            if _says(refusal, NOT_EDITABLE):
                return await self._send(replace(letter, edits=None, replaces=letter.edits))
            if letter.photos:
                log.warning("telegram_photo_refused", letter=letter.id, why=refusal.words)
                return await self._edit(replace(letter, photos=()))
            raise
        return Receipt(str(letter.edits), warnings, photo_file(edited))

    async def _send(self, letter: Letter) -> Receipt:
        mark = AGAIN if letter.uncertain else ""
        try:
            sent, warnings = await self._send_with_photos(letter, mark)
        except Refused as refusal:
            if not letter.photos or _is_unreachable(refusal):
                raise
            # A picture must not stop the words; if it was not the picture, they are refused in their turn.
            log.warning("telegram_photo_refused", letter=letter.id, why=refusal.words)
            sent, warnings = await self._call(_message(letter, mark + NO_PICTURE))
        number = at(sent, "message_id")
        if not is_id(number):
            raise PerhapsDelivered("the answer holds no message")
        if letter.replaces:
            await self._strip(letter)
        return Receipt(str(number), tuple(dict.fromkeys(warnings)), photo_file(sent))

    async def _send_with_photos(self, letter: Letter, mark: str) -> tuple[object, tuple[str, ...]]:
        """The message that holds the words, below or after the photos."""
        if fits_caption(letter):
            return await self._call(_photo_with_words(letter, mark))
        if letter.card == MENU_CARD:
            return await self._call(_message(letter, mark))
        before: list[str] = []
        for start in range(0, len(letter.photos), MOST_IN_ALBUM):
            before += await self._send_album(letter, letter.photos[start : start + MOST_IN_ALBUM])
        sent, warnings = await self._call(_message(letter, mark))
        return sent, (*before, *warnings)

    async def _send_album(self, letter: Letter, photos: tuple[LetterPhoto, ...]) -> Iterable[str]:
        """Photos without words; their warnings."""
        if len(photos) > 1:
            try:
                return (await self._call(_Call("sendMediaGroup", where(letter) | album(photos), {})))[1]
            except Refused as refusal:
                if not _says(refusal, NOT_A_PHOTO):
                    raise
        # One by one: a picture that came as a file goes out as a file, which an album of photos does not take.
        return [warning for photo in photos for warning in (await self._call(_photo(letter, photo)))[1]]

    async def _strip(self, letter: Letter) -> None:
        """Take the buttons from the card that was replaced; if that fails, a tap on it hears that it is old.

        A page of the menu is taken away whole: it tells of nothing that happened.
        """
        old = {"chat_id": letter.address, "message_id": letter.replaces}
        gently = ("editMessageReplyMarkup",)
        for method in ("deleteMessage", *gently) if letter.card == MENU_CARD else gently:
            try:
                await self._client.call(method, old)
            except FAILURES as failure:
                log.info("telegram_old_card_left", letter=letter.id, method=method, why=repr(failure))
            else:
                return

    async def _call(self, call: _Call) -> tuple[object, tuple[str, ...]]:
        """The result and the warnings; what is refused for its form goes out in a simpler one."""
        warnings: tuple[str, ...] = ()
        while True:
            try:
                return await self._client.call(call.method, call.params), warnings
            except Refused as refusal:
                call, warning = _simpler(call, refusal)
                warnings += warning


def _simpler(call: _Call, refusal: Refused) -> tuple[_Call, tuple[str, ...]]:
    """The call without what was refused, and what to warn of; the refusal itself if nothing can be left out."""
    params = dict(call.params)
    if _says(refusal, TOPIC_GONE) and params.pop("message_thread_id", None):
        return replace(call, params=params), ("topic_gone",)
    if _says(refusal, ENTITIES_BROKEN) and params.pop("parse_mode", None):
        return replace(call, params=params | call.simple), ("entities_broken",)
    if _says(refusal, NOT_A_PHOTO) and (file := params.pop("photo", None)):
        return replace(call, method="sendDocument", params=params | {"document": file}), ()
    raise refusal


def _edited(letter: Letter) -> _Call:
    """The words in place of the old ones; with a picture, both become it, whether there was one before or not."""
    this = {"chat_id": letter.address, "message_id": letter.edits, "reply_markup": inline_buttons(letter)}
    if fits_caption(letter):
        return _Call("editMessageMedia", this | captioned(letter), {})
    return _Call("editMessageText", this | words(letter) | NO_PREVIEW, plain(letter))


def _message(letter: Letter, mark: str) -> _Call:
    params = where(letter) | words(letter, mark) | NO_PREVIEW | {"reply_markup": markup(letter)}
    return _Call("sendMessage", params, plain(letter, mark))


def _photo(letter: Letter, photo: LetterPhoto) -> _Call:
    return _Call("sendPhoto", where(letter) | {"photo": picture(photo)}, {})


def _photo_with_words(letter: Letter, mark: str) -> _Call:
    bare = _photo(letter, letter.photos[0])
    params = bare.params | words(letter, mark, "caption") | {"reply_markup": markup(letter)}
    return replace(bare, params=params, simple=plain(letter, mark, "caption"))


def _says(refusal: Refused, words_of_telegram: tuple[str, ...]) -> bool:
    said = refusal.words.lower()
    return any(part in said for part in words_of_telegram)


def _is_unreachable(refusal: Refused) -> bool:
    return refusal.forbidden or _says(refusal, UNREACHABLE)
