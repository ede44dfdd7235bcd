"""The servers that the tests lean on do what the tests take for granted."""

import imaplib
import ssl

import asyncpg

from storage.engine import open_engine
from storage.migrate import version

MAIL = b"From: carl@example.org\r\nTo: shop@example.com\r\nSubject: bread\r\n\r\ntwo loaves\r\n"


def test_a_delivered_mail_is_seen_over_tls_and_in_plain(dovecot):
    dovecot.deliver(MAIL, MAIL)

    context = ssl.create_default_context(cafile=dovecot.certificate)
    with imaplib.IMAP4_SSL(dovecot.host, dovecot.imaps_port, ssl_context=context) as client:
        client.login(dovecot.user, dovecot.password)
        assert client.select()[1] == [b"2"]
    with dovecot.look() as client:
        assert client.select()[1] == [b"2"]


def test_each_test_has_a_mailbox_of_its_own(dovecot):
    with dovecot.look() as client:
        assert client.select()[1] == [b"0"]


async def test_each_test_has_an_empty_database(database_url):
    if database_url.startswith("sqlite"):
        assert database_url.endswith("/orderbot.db")
        return
    connection = await asyncpg.connect(database_url)
    assert await connection.fetch("SELECT * FROM pg_tables WHERE schemaname = 'public'") == []
    await connection.execute("CREATE TABLE left_behind (id int)")
    await connection.close()


async def test_a_migrated_database_has_this_versions_tables(migrated_url):
    engine = open_engine(migrated_url)

    has, wants = await version(engine)

    await engine.dispose()
    assert has == wants


async def test_the_browser_runs_a_page(browser):
    page = await browser.new_page()

    await page.set_content("<p id=shop></p><script>shop.textContent = 'open'</script>")

    assert await page.text_content("#shop") == "open"
