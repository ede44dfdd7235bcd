"""Mail ends up in the real inbox, once, whatever happens to the process."""

import asyncio
import random
import sys
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from storage.store import Store
from storage.tables import inbox, mail_places
from tests.mail.door_process import door_into
from tests.mail.doors import settings
from tests.servers import migrated


def mail(number):
    return b"From: carl@carl.example\r\nMessage-ID: <%d@carl.example>\r\n\r\nloaf %d\r\n" % (number, number)


@asynccontextmanager
async def open_store(database):
    store = Store(database)
    yield store
    await store.close()


async def kept(store):
    """How many mails the inbox has, and in how many places they were found."""
    async with store.reading() as tx:
        count = sa.select(sa.func.count())
        mails = await tx.inbox.connection.scalar(count.select_from(inbox))
        return mails, await tx.inbox.connection.scalar(count.select_from(mail_places))


async def test_a_mail_in_a_folder_with_new_numbers_is_found_twice_and_kept_once(dovecot, migrated_url):
    async with open_store(migrated_url) as store:
        for times in (1, 2):
            with dovecot.look() as client:
                client.delete("Orders")
                client.create("Orders")
                client.append("Orders", None, None, mail(1))
            stop, committed = asyncio.Event(), asyncio.Event()
            work = asyncio.create_task(
                door_into(store, settings(dovecot, folder="Orders"), "", committed.set).run(stop)
            )
            async with asyncio.timeout(30):
                await committed.wait()
            stop.set()
            await work

            assert await kept(store) == (1, times)


KILLS = 5


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_though_the_process_is_killed_again_and_again(dovecot, tmp_path):
    database = migrated.sqlite_copy(tmp_path / "orderbot.db")
    dice = random.Random(3)

    async with open_store(database) as store:
        # New mails before each start: however fast the door is, it dies over work.
        for kill in range(KILLS):
            dovecot.deliver(*map(mail, range(kill * 24, (kill + 1) * 24)))
            await _run_and_kill(database, dovecot, after=dice.randrange(1, 24))
        while (await kept(store))[0] < KILLS * 24:
            await _run_and_kill(database, dovecot, after=KILLS * 24)

        assert await kept(store) == (KILLS * 24, KILLS * 24)


async def _run_and_kill(database, dovecot, after):
    """Starts a door and kills it without a word when it has logged so many mails, or has them all."""
    door = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.mail.door_process",
        database,
        str(dovecot.imap_port),
        dovecot.user,
        dovecot.password,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(30), open_store(database) as store:
        while after and (await kept(store))[0] < KILLS * 24:
            after -= b"mail_kept" in await door.stdout.readline()
    door.kill()
    await door.communicate()
