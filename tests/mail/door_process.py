"""A door for mail as a process of its own, so that it can be killed; its arguments are DATABASE PORT USER PASSWORD."""

import asyncio
import sys
from collections.abc import Callable, Sequence

from pydantic import SecretStr

from bot.clock import SystemClock
from bot.environment import Tls
from bot.mail_in import MailDoor
from bot.settings import Mailbox
from storage.inbox import RawMessage
from storage.store import Store


def door_into(store: Store, mailbox: Mailbox, processed: str, kept: Callable[[], None] = lambda: None) -> MailDoor:
    """A door that keeps what comes in the store's inbox; `kept` is called after each commit."""

    async def receive(messages: Sequence[RawMessage]) -> None:
        async with store.transaction() as tx:
            await tx.inbox.receive(messages)
        kept()

    async def known_uids(account: str, folder: str, uidvalidity: int) -> set[int]:
        async with store.reading() as tx:
            return await tx.inbox.known_uids(account, folder, uidvalidity)

    return MailDoor(mailbox, receive, known_uids, SystemClock(), processed=processed)


if __name__ == "__main__":
    database, port, user, password = sys.argv[1:]
    account = Mailbox(
        host="127.0.0.1", port=int(port), tls=Tls.NONE, user=user, password=SecretStr(password), folder="INBOX"
    )
    asyncio.run(door_into(Store(database), account, "Processed").run(asyncio.Event()))
