"""What the Bot API refuses in a message before anything is sent: broken formatting, lengths, impossible buttons."""

import json

from bot.sandbox import telegram_html
from bot.sandbox.bot_api_params import Params
from bot.sandbox.telegram_values import ApiError, Json

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BUTTONS = 100
ACTIONS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "pay",
}
# The emoji that bots may react with (Bot API, ReactionTypeEmoji).
EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 "
    "😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 "
    "👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = set(EMOJI.split())


def formatted(params: Params, text_key: str, entities_key: str, most: int) -> tuple[str, list[Json]]:
    """Text and entities as they will stand in the chat; ApiError if they cannot or are too long."""
    text = params.text(text_key)
    entities = params.objects(entities_key)
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = telegram_html.parse(text)
    elif mode:
        raise ApiError.bad_request("unsupported parse_mode")
    text, entities = telegram_html.trimmed(text, entities)
    if len(text) > most:
        raise ApiError.bad_request("message caption is too long" if text_key == "caption" else "message is too long")
    return text, telegram_html.with_found(text, entities)


def message_text(params: Params) -> Json:
    """The content of a text message."""
    text, entities = formatted(params, "text", "entities", LONGEST_TEXT)
    if not text:
        raise ApiError.bad_request("message text is empty")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption(params: Params) -> Json:
    """The caption of a photo or file; empty is fine."""
    text, entities = formatted(params, "caption", "caption_entities", LONGEST_CAPTION)
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def reaction(params: Params) -> str:
    """The emoji to react with; empty takes the reaction back."""
    asked = params.objects("reaction")
    if not asked:
        return ""
    emoji = str(asked[0].get("emoji", ""))
    if len(asked) > 1 or emoji.rstrip("\ufe0f") not in REACTIONS:
        raise ApiError.bad_request("REACTION_INVALID")
    return emoji


def markup(params: Params) -> Json | None:
    """The reply markup, checked; None when none is given."""
    value = params.text("reply_markup")
    if not value:
        return None
    try:
        given = json.loads(value)
    except ValueError:
        raise ApiError.bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(given, dict):
        raise ApiError.bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return {"inline_keyboard": _inline(given["inline_keyboard"])}
    return given


def _inline(rows: object) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError.bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise ApiError.bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check(button)
    return [row for row in rows if row]


def _check(button: Json) -> None:
    wrong = "can't parse inline keyboard button: "
    if not str(button.get("text", "")).strip():
        raise ApiError.bad_request(wrong + 'Field "text" must be of type String')
    if not ACTIONS & button.keys():
        raise ApiError.bad_request(wrong + "Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise ApiError.bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("https://", "http://", "tg://")):
        raise ApiError.bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
