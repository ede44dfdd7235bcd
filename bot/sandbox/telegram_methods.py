"""What a bot can do: one function per Bot API method; METHODS at the end is the table of them."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.sandbox import bot_api_params
from bot.sandbox import telegram_checks as checks
from bot.sandbox.bot_api_params import Params
from bot.sandbox.diary import Did, Entry
from bot.sandbox.telegram_bot_side import BotSide
from bot.sandbox.telegram_values import ApiError, Chat, Json, membership

ANSWER_WITHIN = timedelta(seconds=15)
"""How long a callback query can be answered; Telegram does not say, 5 to 20 s were seen."""
DELETE_WITHIN = timedelta(hours=48)


def get_me(bot: BotSide, _: Params) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**bot.state.bot.as_api(), **abilities}


def send_message(bot: BotSide, params: Params) -> Json:
    return bot.send(params, lambda: checks.message_text(params)).as_api()


def send_photo(bot: BotSide, params: Params) -> Json:
    return bot.send(params, lambda: {"photo": _photo(bot, params), **checks.caption(params)}).as_api()


def send_document(bot: BotSide, params: Params) -> Json:
    return bot.send(params, lambda: {"document": _document(bot, params), **checks.caption(params)}).as_api()


def send_media_group(bot: BotSide, params: Params) -> list[Json]:
    media = params.objects("media")
    if not 2 <= len(media) <= 10:
        raise ApiError.bad_request("album must contain from 2 to 10 files")
    album = str(next(bot.state.album_numbers))
    sent = []
    for part in media:
        one = replace(params, values={**params.values, **bot_api_params.as_text(part), "photo": part.get("media", "")})
        sent.append(_send_photo_of_album(bot, one, album))
    return sent


def _send_photo_of_album(bot: BotSide, params: Params, album: str) -> Json:
    def content() -> Json:
        return {"media_group_id": album, "photo": _photo(bot, params), **checks.caption(params)}

    return bot.send(params, content).as_api()


def _content(bot: BotSide, params: Params, name: str) -> tuple[str, bytes] | str:
    """An upload's name and bytes, or the file id of what the server has already."""
    given = params.text(name).removeprefix("attach://")
    if upload := params.files.get(given or name):
        return upload.name, upload.content
    if given in bot.state.files:
        return given
    if given.startswith(("http://", "https://")):
        raise ApiError.bad_request("failed to get HTTP URL content")
    if not given:
        raise ApiError.bad_request(f"there is no {name} in the request")
    raise ApiError.bad_request("wrong remote file identifier specified: Wrong string length")


def _photo(bot: BotSide, params: Params) -> list[Json]:
    content = _content(bot, params, "photo")
    if isinstance(content, str):
        return bot.state.photo_sizes(bot.state.files[content])
    if not content[1]:
        raise ApiError.bad_request("file must be non-empty")
    return bot.state.photo_sizes(bot.state.keep_file(content[1], "photos", ".jpg"))


def _document(bot: BotSide, params: Params) -> Json:
    content = _content(bot, params, "document")
    if isinstance(content, str):
        stored, file_name = bot.state.files[content], bot.state.files[content].path
    else:
        stored, file_name = bot.state.keep_file(content[1], "documents", ""), content[0]
    about = stored.as_api()
    about.pop("file_path")
    return {**about, "file_name": file_name}


def edit_message_text(bot: BotSide, params: Params) -> Json:
    message = bot.own_message(params)
    content = checks.message_text(params)
    if "text" not in message.content:
        raise ApiError.bad_request("there is no text in the message to edit")
    return bot.change(message, content, checks.markup(params)).as_api()


def edit_message_caption(bot: BotSide, params: Params) -> Json:
    message = bot.own_message(params)
    if "text" in message.content:
        raise ApiError.bad_request("there is no caption in the message to edit")
    media = {key: value for key, value in message.content.items() if not key.startswith("caption")}
    return bot.change(message, media | checks.caption(params), checks.markup(params)).as_api()


def edit_message_media(bot: BotSide, params: Params) -> Json:
    message = bot.own_message(params)
    media = params.object("media")
    if media.get("type") != "photo":
        raise ApiError.bad_request("type of the media is not known here")
    one = replace(params, values={**params.values, **bot_api_params.as_text(media), "photo": media.get("media", "")})
    content = {"photo": _photo(bot, one), **checks.caption(one)}
    return bot.change(message, content, checks.markup(params)).as_api()


def edit_message_reply_markup(bot: BotSide, params: Params) -> Json:
    message = bot.own_message(params)
    return bot.change(message, message.content, checks.markup(params)).as_api()


def delete_message(bot: BotSide, params: Params) -> bool:
    chat = bot.chat(params)
    message = bot.message(chat, params, "delete")
    is_admin = chat.status(bot.state.bot.id) == "administrator"
    is_old = bot.state.clock.now() - message.date > DELETE_WITHIN
    allowed = message.sender == bot.state.bot or is_admin or chat.kind == "private"
    if not allowed or (is_old and not (is_admin and chat.kind == "supergroup")):
        raise ApiError.bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    bot.state.diary.note()
    return True


def answer_callback_query(bot: BotSide, params: Params) -> bool:
    tap = bot.state.taps.get(params.text("callback_query_id"))
    if tap is None or tap.answer is not None or bot.state.clock.now() - tap.at > ANSWER_WITHIN:
        raise ApiError.bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > 200:
        raise ApiError.bad_request("MESSAGE_TOO_LONG")
    tap.answer, tap.is_alert = text, params.flag("show_alert")
    bot.state.diary.note(Entry(Did.HEARD, text, tap.message.chat.id))
    return True


def set_message_reaction(bot: BotSide, params: Params) -> bool:
    message = bot.message(bot.chat(params), params, "react")
    emoji = checks.reaction(params)
    message.reactions.pop(bot.state.bot.id, None)
    if emoji:
        message.reactions[bot.state.bot.id] = emoji
    bot.state.diary.note()
    return True


def send_chat_action(bot: BotSide, params: Params) -> bool:
    bot.chat(params)
    return True


def get_chat(bot: BotSide, params: Params) -> Json:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return bot.chat(params).as_api() | full


def _member(bot: BotSide, chat: Chat, user_id: int) -> Json:
    user = bot.state.bot if user_id == bot.state.bot.id else bot.state.users.get(user_id)
    if user is None:
        raise ApiError.bad_request("invalid user_id specified")
    return membership(user, chat.status(user_id))


def get_chat_member(bot: BotSide, params: Params) -> Json:
    return _member(bot, bot.chat(params), params.integer("user_id"))


def get_chat_administrators(bot: BotSide, params: Params) -> list[Json]:
    chat = bot.chat(params)
    if chat.kind == "private":
        raise ApiError.bad_request("there are no administrators in the private chat")
    leading = [user_id for user_id, status in chat.members.items() if status in ("creator", "administrator")]
    return [_member(bot, chat, user_id) for user_id in leading]


def get_chat_member_count(bot: BotSide, params: Params) -> int:
    chat = bot.chat(params)
    return sum(chat.has(user_id) for user_id in chat.members)


def leave_chat(bot: BotSide, params: Params) -> bool:
    bot.chat(params).members[bot.state.bot.id] = "left"
    return True


def set_my_commands(bot: BotSide, params: Params) -> bool:
    commands = params.objects("commands")
    for command in commands:
        if not 1 <= len(str(command.get("command", ""))) <= 32 or not command.get("description"):
            raise ApiError.bad_request("BOT_COMMAND_INVALID")
    bot.state.commands[_scope(params), params.text("language_code")] = commands
    return True


def get_my_commands(bot: BotSide, params: Params) -> list[Json]:
    return bot.state.commands.get((_scope(params), params.text("language_code")), [])


def _scope(params: Params) -> str:
    return str(params.object("scope").get("type", "default"))


def get_file(bot: BotSide, params: Params) -> Json:
    stored = bot.state.files.get(params.text("file_id"))
    if stored is None:
        raise ApiError.bad_request("wrong file_id or the file is temporarily unavailable")
    return stored.as_api()


def create_forum_topic(bot: BotSide, params: Params) -> Json:
    chat = bot.chat(params)
    if not chat.is_forum:
        raise ApiError.bad_request("the chat is not a forum")
    thread_id = bot.state.add_topic(chat, params.text("name"))
    return {"message_thread_id": thread_id, "name": params.text("name"), "icon_color": 0x6FB9F0}


def set_webhook(bot: BotSide, params: Params) -> bool:
    address = params.text("url")
    if address and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", address):
        raise ApiError.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    bot.state.webhook, bot.state.webhook_secret = address, params.text("secret_token")
    bot.state.webhook_problem = ""
    _allow(bot, params)
    return True


def delete_webhook(bot: BotSide, params: Params) -> bool:
    bot.state.webhook = ""
    if params.flag("drop_pending_updates"):
        bot.state.updates.forget_all()
    return True


def get_webhook_info(bot: BotSide, _: Params) -> Json:
    state = bot.state
    info = {"url": state.webhook, "has_custom_certificate": False, "pending_update_count": len(state.updates)}
    if not state.webhook_problem:
        return info
    return info | {"last_error_date": int(state.clock.now().timestamp()), "last_error_message": state.webhook_problem}


def _allow(bot: BotSide, params: Params) -> None:
    """Which kinds of update come from now on; unchanged when nothing is said of it."""
    if params.text("allowed_updates"):
        bot.state.updates.allowed = frozenset(map(str, params.items("allowed_updates")))


async def get_updates(bot: BotSide, params: Params) -> list[Json]:
    if bot.state.webhook:
        words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise ApiError(409, f"Conflict: {words}")
    updates = bot.state.updates
    _allow(bot, params)
    limit = min(max(params.integer("limit", 100), 1), 100)
    return await updates.poll(params.integer("offset"), limit, params.integer("timeout"))


Result = Json | list[Json] | bool | int
Method = Callable[[BotSide, Params], Result | Awaitable[Result]]


def _by_name(*functions: Method) -> dict[str, Method]:
    return {function.__name__.replace("_", ""): function for function in functions}


METHODS = _by_name(
    get_me, get_updates, send_message, send_photo, send_document, send_media_group, send_chat_action,
    edit_message_text, edit_message_caption, edit_message_media, edit_message_reply_markup, delete_message,
    answer_callback_query, set_message_reaction,
    get_chat, get_chat_member, get_chat_administrators, get_chat_member_count, leave_chat, create_forum_topic,
    set_my_commands, get_my_commands, get_file, set_webhook, delete_webhook, get_webhook_info,
)  # fmt: skip
"""By the method's name in small letters: the Bot API does not look at their case."""
