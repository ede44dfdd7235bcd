"""What the sandbox's Telegram holds: people, chats, messages, files, the queue of updates. No network here."""

import itertools
import secrets
from dataclasses import replace

from bot.clock import Clock
from bot.sandbox.diary import Diary
from bot.sandbox.telegram_updates import UpdateQueue
from bot.sandbox.telegram_values import ApiError, Chat, Json, Message, StoredFile, Tap, Topic, User

FIRST_UPDATE_ID = 731_204_518
FIRST_GROUP_ID = -4_716_203_311
FIRST_SUPERGROUP_ID = -1_002_381_640_917


class TelegramState:
    def __init__(self, clock: Clock, bot: User, diary: Diary | None = None) -> None:
        self.clock = clock
        self.bot = bot
        self.diary = diary or Diary()
        self.updates = UpdateQueue(clock, FIRST_UPDATE_ID)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        """By scope and language code; without a code for everybody else."""
        self.webhook = ""
        self.webhook_secret = ""
        self.webhook_problem = ""
        # One counter for private chats and groups, one for each supergroup: so message ids look as they do in life.
        self._message_ids: dict[int, itertools.count[int]] = {0: itertools.count(101)}
        self.album_numbers = itertools.count(13_900_000_000_000_001)
        self._file_numbers = itertools.count()
        self._group_ids = itertools.count(FIRST_GROUP_ID, -1_731)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP_ID, -90_217)

    def commands_in(self, chat: Chat) -> list[Json]:
        """What a client lists behind the "/": the nearest scope goes first, in it the person's own language."""
        language = chat.owner.language_code if chat.owner else ""
        scopes = ("all_private_chats" if chat.owner else "all_group_chats", "default")
        wanted = [(scope, code) for scope in scopes for code in (language, "")]
        return next((self.commands[key] for key in wanted if key in self.commands), [])

    def add_user(self, user: User) -> User:
        """A person with a private chat that is not opened yet: the bot cannot write first."""
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", owner=user, members={self.bot.id: "left"})
        return user

    def add_group(self, title: str, members: dict[User, str], *, supergroup: bool = False, forum: bool = False) -> Chat:
        """A group of these people (with their status: creator, administrator, member); the bot only if it is one."""
        ids = self._supergroup_ids if supergroup or forum else self._group_ids
        kind = "supergroup" if supergroup or forum else "group"
        statuses = {user.id: status for user, status in members.items()}
        chat = Chat(next(ids), kind, title, members=statuses, is_forum=forum)
        self.chats[chat.id] = chat
        return chat

    def add_topic(self, chat: Chat, name: str) -> int:
        """The thread id of a new forum topic."""
        opening = self.post(chat, self.bot, {"forum_topic_created": {"name": name, "icon_color": 0x6FB9F0}})
        opening.thread_id = opening.id
        chat.topics[opening.id] = Topic(name)
        return opening.id

    def chat(self, chat_id: int) -> Chat:
        try:
            return self.chats[chat_id]
        except KeyError:
            raise ApiError.bad_request("chat not found") from None

    def living(self, chat_id: int) -> Chat:
        """The chat under that id, or what it has become."""
        chat = self.chat(chat_id)
        while chat.migrated_to:
            chat = self.chat(chat.migrated_to)
        return chat

    def messages(self, chat_id: int) -> list[Message]:
        """All messages of a chat as they stand now, oldest first, with those from before its migration."""
        chat = self.living(chat_id)
        if chat.migrated_from is None:
            return list(chat.messages.values())
        before = self.chats[chat.migrated_from].messages.values()
        # Each side was told of the move; in people's clients it stands once.
        kept = [message for message in before if "migrate_to_chat_id" not in message.content]
        return [*kept, *chat.messages.values()]

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Json,
        *,
        markup: Json | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        as_group: bool = False,
    ) -> Message:
        """Put a message into a chat; nobody is told yet."""
        message_id = self._next_message_id(chat)
        now = self.clock.now()
        message = Message(chat, message_id, now, sender, content, markup, reply_to, thread_id, as_group=as_group)
        chat.messages[message_id] = message
        self.diary.note()
        return message

    def migrate(self, chat: Chat) -> Chat:
        """Make a supergroup of a group: a new id, an empty message list, the same people."""
        grown = replace(chat, id=next(self._supergroup_ids), kind="supergroup", messages={}, migrated_from=chat.id)
        grown.members = dict(chat.members)
        self.chats[grown.id] = grown
        chat.migrated_to = grown.id
        return grown

    def keep_file(self, content: bytes, folder: str, suffix: str) -> StoredFile:
        number = next(self._file_numbers)
        stored = StoredFile(f"AgACAgIAAxk{secrets.token_urlsafe(24)}", f"{folder}/file_{number}{suffix}", content)
        self.files[stored.id] = stored
        return stored

    def photo_sizes(self, stored: StoredFile) -> list[Json]:
        """The sizes of a photo as a message lists them; the sandbox keeps one picture for both."""
        about = {key: value for key, value in stored.as_api().items() if key != "file_path"}
        small = {**about, "file_unique_id": f"s{stored.id}", "width": 320, "height": 240}
        return [small, {**about, "width": 1280, "height": 960}]

    def _next_message_id(self, chat: Chat) -> int:
        counter = chat.id if chat.kind == "supergroup" else 0
        return next(self._message_ids.setdefault(counter, itertools.count(1)))
