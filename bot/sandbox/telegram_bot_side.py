"""One bot's hands in the sandbox's Telegram: which chats it may write to, what may be changed, how fast."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import telegram_checks as checks
from bot.sandbox.bot_api_params import Params
from bot.sandbox.diary import Did, Entry
from bot.sandbox.telegram_limits import FloodLimits
from bot.sandbox.telegram_state import TelegramState
from bot.sandbox.telegram_values import ApiError, Chat, Json, Message


class BotSide:
    def __init__(self, state: TelegramState) -> None:
        self.state = state
        self.limits = FloodLimits(state.clock)

    def chat(self, params: Params) -> Chat:
        """The chat a call is about, which the bot can see."""
        asked = params.text("chat_id")
        if not asked:
            raise ApiError.bad_request("chat_id is empty")
        if not asked.lstrip("-").isdigit():
            raise ApiError.bad_request("chat not found")
        chat = self.state.chat(int(asked))
        if chat.migrated_to:
            words = "group chat was upgraded to a supergroup chat"
            raise ApiError.bad_request(words, migrate_to_chat_id=chat.migrated_to)
        status = chat.status(self.state.bot.id)
        if status == "kicked":
            who = "blocked by the user" if chat.kind == "private" else f"kicked from the {chat.kind} chat"
            raise ApiError(403, f"Forbidden: bot was {who}")
        if status == "left":
            raise ApiError.bad_request("chat not found")
        return chat

    def message(self, chat: Chat, params: Params, to: str) -> Message:
        try:
            return chat.messages[params.integer("message_id")]
        except KeyError:
            raise ApiError.bad_request(f"message to {to} not found") from None

    def send(self, params: Params, content: Callable[[], Json]) -> Message:
        """Post what `content` makes, into the thread and as the reply that the parameters ask for."""
        chat = self.chat(params)
        said = content()
        thread_id = _thread(chat, params)
        reply_to = _replied(chat, params)
        markup = checks.markup(params)
        self.limits.pass_one(chat)
        inline = markup if markup and "inline_keyboard" in markup else None
        forces = markup if markup and "force_reply" in markup else None
        if markup and not inline and not forces:
            chat.keyboard = None if markup.get("remove_keyboard") else markup
        options: dict[str, Any] = {"markup": inline, "reply_to": reply_to, "thread_id": thread_id}
        sent = self.state.post(chat, self.state.bot, said, **options)
        sent.forces = forces
        self.state.diary.note(Entry(Did.HEARD, sent.text, chat.id))
        return sent

    def own_message(self, params: Params) -> Message:
        message = self.message(self.chat(params), params, "edit")
        if message.sender != self.state.bot or message.is_service:
            raise ApiError.bad_request("message can't be edited")
        return message

    def change(self, message: Message, content: Json, markup: Json | None) -> Message:
        """Replace content and buttons; a change that changes nothing is refused, as by the real server."""
        if content == message.content and _buttons(markup) == message.buttons:
            raise ApiError.bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        self.limits.pass_one(message.chat)
        before = message.text.splitlines()
        message.content = content
        message.markup = markup if _buttons(markup) else None
        message.edited = self.state.clock.now()
        message.edits += 1
        news = [line for line in message.text.splitlines() if line not in before]
        self.state.diary.note(Entry(Did.HEARD, "\n".join(news), message.chat.id))
        return message


def _buttons(markup: Json | None) -> list[list[Json]]:
    return list((markup or {}).get("inline_keyboard", []))


def _thread(chat: Chat, params: Params) -> int | None:
    thread_id = params.integer("message_thread_id")
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise ApiError.bad_request("message thread not found")
    if topic.closed:
        raise ApiError.bad_request("TOPIC_CLOSED")
    return thread_id


def _replied(chat: Chat, params: Params) -> Message | None:
    asked = params.object("reply_parameters")
    message_id = int(asked.get("message_id") or params.integer("reply_to_message_id"))
    if not message_id or message_id in chat.messages:
        return chat.messages.get(message_id)
    if asked.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise ApiError.bad_request("message to be replied not found")
