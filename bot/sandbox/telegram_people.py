"""What people can do in Telegram's clients: write, tap, share a contact, send photos, block, come and go."""

import secrets
from typing import Any

from bot.sandbox import telegram_html
from bot.sandbox.diary import Did, Entry
from bot.sandbox.telegram_checks import LONGEST_TEXT
from bot.sandbox.telegram_state import TelegramState
from bot.sandbox.telegram_values import ANONYMOUS_ADMIN, ApiError, Chat, Json, Message, Tap, User, membership


class NoSuchButton(Exception):
    """The message has no button with that text or data."""


class People:
    """Each method is one person's doing; the bot learns of it by an update, where it may."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state
        self._last_tap: Tap | None = None

    def say(
        self,
        user: User,
        text: str,
        chat: int | None = None,
        reply_to: int | None = None,
        *,
        thread_id: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """Write into `chat` (the private chat when left out); a long text goes in several messages, the last is given.

        `anonymous` hides an admin behind the group.
        """
        text = text.strip() or text
        options: dict[str, Any] = {"reply_to": reply_to, "thread_id": thread_id, "anonymous": anonymous}
        for start in range(LONGEST_TEXT, len(text), LONGEST_TEXT):
            self._write(user, chat, _text(text[start - LONGEST_TEXT : start]), **options)
        rest = (len(text) - 1) // LONGEST_TEXT * LONGEST_TEXT
        return self._write(user, chat, _text(text[rest:]), **options)

    def start(self, user: User, payload: str = "") -> Message:
        """Open the bot by its Start button or by a deep link with `payload`."""
        return self.say(user, f"/start {payload}".strip())

    def share_contact(self, user: User, phone: str | None = None) -> Message:
        """Tap the button that asks for the phone number."""
        contact = {"phone_number": phone or user.phone, "first_name": user.first_name, "user_id": user.id}
        return self._write(user, None, {"contact": contact})

    def share_location(self, user: User, place: tuple[float, float] | None = None, *, live: bool = False) -> Message:
        """Share a place on the map, one's own home when left out; a live one is told of again as it moves."""
        lat, lon = place or user.home
        location: Json = {"latitude": lat, "longitude": lon}
        return self._write(user, None, {"location": {**location, "live_period": 900} if live else location})

    def send_photo(
        self,
        user: User,
        content: bytes,
        caption: str = "",
        album: str | None = None,
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Send a picture; those with the same `album` belong together, each comes as its own update."""
        said: Json = {"photo": self.state.photo_sizes(self.state.keep_file(content, "photos", ".jpg"))}
        if album:
            said["media_group_id"] = album
        if caption:
            said["caption"] = caption
            if entities := telegram_html.with_found(caption, []):
                said["caption_entities"] = entities
        return self._write(user, chat, said, reply_to=reply_to)

    def send(self, user: User, content: Json, chat: int | None = None) -> Message:
        """Send anything else that clients can (a voice message, a place …), as the Bot API writes it."""
        return self._write(user, chat, content)

    def edit(self, user: User, message_id: int, text: str, chat: int | None = None) -> Message:
        """Change an own message."""
        place = self._chat(user, chat)
        message = place.messages[message_id]
        if message.sender != user:
            raise ApiError.bad_request("message can't be edited")
        message.content = _text(text)
        message.edited = self.state.clock.now()
        message.edits += 1
        self.state.diary.note()
        if self._bot_sees(message):
            self.state.updates.add("edited_message", message.as_api())
        return message

    def tap(self, user: User, message_id: int, button: str, chat: int | None = None) -> Tap | str:
        """Tap the button with this text or data; a link button gives its address instead of a tap."""
        message = self._shown(user, message_id, chat)
        for one in (one for row in message.buttons for one in row):
            if button in (one["text"], one.get("callback_data")):
                return one["url"] if "url" in one else self.tap_data(user, message_id, one["callback_data"], chat)
        raise NoSuchButton(button)

    def tap_data(self, user: User, message_id: int, data: str, chat: int | None = None) -> Tap:
        """Send any callback data for a message, as a forged client can."""
        message = self._shown(user, message_id, chat)
        tap = Tap(secrets.token_hex(9), user, message, data, self.state.clock.now())
        self.state.taps[tap.id] = self._last_tap = tap
        self.state.updates.add("callback_query", tap.as_api())
        self.state.diary.note(Entry(Did.TAPPED, _label(message, data), user.id))
        return tap

    def _shown(self, user: User, message_id: int, chat: int | None) -> Message:
        """A message as clients show it: those from before a group's move stand there under its old id."""
        place = self.state.chat(user.id if chat is None else chat)
        for one in (place, self.state.living(place.id)):
            if message_id in one.messages:
                return one.messages[message_id]
        raise NoSuchButton(message_id)

    def resend_last_tap(self) -> bool:
        """The last tap comes once more under a new update id, as clients on a bad line make it; False if none was."""
        if self._last_tap is None:
            return False
        self.state.updates.add("callback_query", self._last_tap.as_api())
        return True

    def block(self, user: User) -> None:
        self._bot_moves(user, self.state.chats[user.id], "kicked")

    def unblock(self, user: User) -> None:
        self._bot_moves(user, self.state.chats[user.id], "member")

    def leave(self, user: User, chat: int) -> None:
        place = self.state.living(chat)
        self._member_moves(user, user, place, "left")
        self._service(place, user, {"left_chat_member": user.as_api()})

    def join(self, user: User, chat: int, by: User | None = None) -> None:
        """Come into a group, by oneself or added by someone."""
        place = self.state.living(chat)
        self._member_moves(by or user, user, place, "member")
        self._service(place, by or user, {"new_chat_members": [user.as_api()]})

    def add_bot(self, by: User, chat: int, status: str = "member") -> None:
        """Bring the bot into a group, make it `administrator` or `member` there, or throw it out (`kicked`)."""
        place = self.state.living(chat)
        came = not place.has(self.state.bot.id)
        self._bot_moves(by, place, status)
        if came and status != "kicked":
            self._service(place, by, {"new_chat_members": [self.state.bot.as_api()]})

    def migrate(self, chat: int) -> Chat:
        """The group becomes a supergroup: under its old id the bot finds nothing but the new one."""
        old = self.state.living(chat)
        if old.kind != "group":
            raise ApiError.bad_request("only a group can become a supergroup")
        new = self.state.migrate(old)
        owner = self._owner(old)
        self._service(old, owner, {"migrate_to_chat_id": new.id})
        self._service(new, owner, {"migrate_from_chat_id": old.id})
        return new

    def set_topic_closed(self, chat: int, thread_id: int, *, closed: bool) -> None:
        place = self.state.living(chat)
        place.topics[thread_id].closed = closed
        self._service(place, self._owner(place), {"forum_topic_closed" if closed else "forum_topic_reopened": {}})

    def delete_topic(self, chat: int, thread_id: int) -> None:
        """Its messages go with it; the bot is not told."""
        place = self.state.living(chat)
        del place.topics[thread_id]
        place.messages = {key: kept for key, kept in place.messages.items() if kept.thread_id != thread_id}
        self.state.diary.note()

    def _chat(self, user: User, chat: int | None) -> Chat:
        return self.state.living(user.id if chat is None else chat)

    def _write(
        self,
        user: User,
        chat: int | None,
        content: Json,
        *,
        reply_to: int | None = None,
        thread_id: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        place = self._chat(user, chat)
        if place.kind == "private" and place.status(self.state.bot.id) != "member":
            self._bot_moves(user, place, "member")
        sender = ANONYMOUS_ADMIN if anonymous else user
        answered = place.messages.get(reply_to) if reply_to else None
        options: dict[str, Any] = {"reply_to": answered, "thread_id": thread_id, "as_group": anonymous}
        message = self.state.post(place, sender, content, **options)
        if place.keyboard and place.keyboard.get("one_time_keyboard"):
            place.keyboard = None
        if self._bot_sees(message):
            self.state.updates.add("message", message.as_api())
        self.state.diary.note(Entry(Did.SAID, message.text or _wordless(content), user.id))
        return message

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in a group only commands, replies to the bot and service messages, unless it is admin."""
        chat, bot = message.chat, self.state.bot
        if chat.kind == "private":
            return chat.status(bot.id) == "member"
        if not chat.has(bot.id) or message.is_service:
            return chat.has(bot.id)
        answers_bot = message.reply_to is not None and message.reply_to.sender == bot
        return chat.status(bot.id) == "administrator" or answers_bot or _is_command_for(bot, message.text)

    def _service(self, chat: Chat, by: User, content: Json) -> None:
        message = self.state.post(chat, by, content)
        if self._bot_sees(message):
            self.state.updates.add("message", message.as_api())

    def _bot_moves(self, by: User, chat: Chat, status: str) -> None:
        self._tell_move("my_chat_member", by, self.state.bot, chat, status)

    def _member_moves(self, by: User, user: User, chat: Chat, status: str) -> None:
        if chat.status(self.state.bot.id) == "administrator":
            self._tell_move("chat_member", by, user, chat, status)
        chat.members[user.id] = status

    def _tell_move(self, kind: str, by: User, user: User, chat: Chat, status: str) -> None:
        before = chat.status(user.id)
        chat.members[user.id] = status
        told = {
            "chat": chat.as_api(),
            "from": by.as_api(),
            "date": int(self.state.clock.now().timestamp()),
            "old_chat_member": membership(user, before),
            "new_chat_member": membership(user, status),
        }
        self.state.updates.add(kind, told)
        self.state.diary.note()

    def _owner(self, chat: Chat) -> User:
        return next(self.state.users[user_id] for user_id, status in chat.members.items() if status == "creator")


def _text(text: str) -> Json:
    entities = telegram_html.with_found(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def _label(message: Message, data: str) -> str:
    texts = {one.get("callback_data"): str(one["text"]) for row in message.buttons for one in row}
    return texts.get(data, data)


def _wordless(content: Json) -> str:
    """What stands in a talk for a message without words: its kind."""
    return f"({next(kind for kind in content if kind != 'media_group_id')})"


def _is_command_for(bot: User, text: str) -> bool:
    if not text.startswith("/"):
        return False
    name = text.split(maxsplit=1)[0].partition("@")[2]
    return not name or name.lower() == bot.username.lower()
