"""Telegram's nouns as the sandbox keeps them, and as the Bot API writes them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.frozen import frozen

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal of the Bot API, in the words of the real server."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @classmethod
    def bad_request(cls, what: str, **parameters: int) -> "ApiError":
        return cls(400, f"Bad Request: {what}", **parameters)


@frozen(slots=False)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False
    phone: str = ""
    """What the user's client shares when asked for a contact."""
    home: tuple[float, float] = (0.0, 0.0)
    """What it shares when asked for a location: latitude and longitude."""

    def as_api(self) -> Json:
        language = "" if self.is_bot else self.language_code
        names = {"last_name": self.last_name, "username": self.username, "language_code": language}
        said = {key: value for key, value in names.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **said}


ANONYMOUS_ADMIN = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""Who admins that hide their name seem to be (Bot API, "from" of a message)."""


RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""What a ChatMemberAdministrator must tell of."""


def membership(user: User, status: str) -> Json:
    """A ChatMember of the Bot API, with the fields its status must have."""
    member: Json = {"status": status, "user": user.as_api()}
    match status:
        case "creator":
            return member | {"is_anonymous": False}
        case "administrator":
            return member | dict.fromkeys(RIGHTS, False) | {"can_manage_chat": True, "can_delete_messages": True}
        case "kicked":
            return member | {"until_date": 0}
    return member


SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
}
"""What makes a message one of Telegram itself."""


@dataclass
class Topic:
    name: str
    closed: bool = False


@dataclass
class Chat:
    """One conversation; `kind` is private, group or supergroup."""

    id: int
    kind: str
    title: str = ""
    owner: User | None = None
    """The person of a private chat."""
    members: dict[int, str] = field(default_factory=dict)
    """Status per user id: creator, administrator, member, left or kicked."""
    messages: dict[int, "Message"] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    is_forum: bool = False
    keyboard: Json | None = None
    """The reply keyboard that the bot has put under the text field."""
    migrated_to: int | None = None
    migrated_from: int | None = None

    def status(self, user_id: int) -> str:
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        return self.status(user_id) not in ("left", "kicked")

    def as_api(self) -> Json:
        if self.owner:
            person = self.owner.as_api()
            names = {"first_name", "last_name", "username"}
            return {"id": self.id, "type": self.kind} | {key: person[key] for key in person if key in names}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.kind, "title": self.title, **forum}


@dataclass
class Message:
    """One message as it stands now; `content` holds text, photo, contact … under the Bot API's names."""

    chat: Chat
    id: int
    date: datetime
    sender: User
    content: Json
    markup: Json | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    edited: datetime | None = None
    edits: int = 0
    reactions: dict[int, str] = field(default_factory=dict)
    """One emoji per user id."""
    as_group: bool = False
    """Written by an admin who hides behind the group."""
    forces: Json | None = None
    """A ForceReply: clients open the answer to this message by themselves."""

    @property
    def text(self) -> str:
        """The words: the text, or a photo's caption."""
        words = self.content.get("text", self.content.get("caption", ""))
        return str(words)

    @property
    def entities(self) -> list[Json]:
        found: list[Json] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def buttons(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.markup["inline_keyboard"] if self.markup else []
        return rows

    def forces_reply_of(self, user: User) -> bool:
        """Whether this person's client does: a selective one is for those who are mentioned or answered."""
        if not self.forces or user == self.sender:
            return False
        mentioned = [entity["user"]["id"] for entity in self.entities if entity["type"] == "text_mention"]
        answered = [self.reply_to.sender.id] if self.reply_to else []
        return not self.forces.get("selective") or user.id in {*mentioned, *answered}

    @property
    def is_service(self) -> bool:
        """Told by Telegram itself: someone joined, the group has moved."""
        return bool(self.content.keys() & SERVICE)

    def as_api(self, *, with_reply: bool = True) -> Json:
        said: Json = {
            "message_id": self.id,
            "date": int(self.date.timestamp()),
            "chat": self.chat.as_api(),
            "from": self.sender.as_api(),
            **self.content,
        }
        if self.as_group:
            said["sender_chat"] = self.chat.as_api()
        if self.markup:
            said["reply_markup"] = self.markup
        if self.edited:
            said["edit_date"] = int(self.edited.timestamp())
        if self.thread_id:
            said |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.reply_to and with_reply:
            said["reply_to_message"] = self.reply_to.as_api(with_reply=False)
        return said


@frozen(slots=False)
class StoredFile:
    """`path` is the part behind /file/bot<TOKEN>/."""

    id: str
    path: str
    content: bytes

    def as_api(self) -> Json:
        unique = f"u{self.id}"
        return {"file_id": self.id, "file_unique_id": unique, "file_size": len(self.content), "file_path": self.path}


@dataclass
class Tap:
    """A callback query: who tapped what, and what the bot answered (None: nothing yet)."""

    id: str
    by: User
    message: Message
    data: str
    at: datetime
    answer: str | None = None
    is_alert: bool = False

    def as_api(self) -> Json:
        return {
            "id": self.id,
            "from": self.by.as_api(),
            "message": self.message.as_api(),
            "chat_instance": str(abs(self.message.chat.id) * 7919),
            "data": self.data,
        }
