"""The doctor's checks over the network: Telegram, the staff group, the mailbox, the way out for mail, the clock."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from bot.clock import SystemClock
from bot.doctor_findings import Finding, bad, ok, warn
from bot.edges import ChatMoved, TryLater
from bot.environment import is_loopback
from bot.imap_client import ImapConnection, MailboxLost, MailboxRefused
from bot.mail_out import MailCourier
from bot.settings import Mailbox, Settings, Smtp, TelegramSettings
from bot.telegram import FAILURES, BadToken, Me, Refused, TelegramClient
from bot.telegram_json import at

SECONDS = 10
MOST_SKEW_SECONDS = 60


async def look_around(settings: Settings, staff_chat: str | None, code: str | None) -> list[Finding]:
    """All that is set is tried, all at once; none waits longer than SECONDS."""
    checks: list[Awaitable[list[Finding]]] = []
    if settings.telegram:
        checks.append(_in_time("Telegram", telegram(settings.telegram, staff_chat, code, settings.webhook)))
        checks.append(_in_time("Telegram", clock(settings.telegram.api)))
    if settings.mailbox:
        checks.append(_in_time("the mailbox", mailbox(settings.mailbox)))
    if settings.smtp and settings.mail_from:
        checks.append(_in_time("the server for outgoing mail", way_out(settings.smtp, settings.mail_from)))
    return [finding for found in await asyncio.gather(*checks) for finding in found]


async def _in_time(name: str, check: Awaitable[list[Finding]]) -> list[Finding]:
    try:
        async with asyncio.timeout(SECONDS):
            return await check
    except TimeoutError:
        return [bad(f"{name} did not answer within {SECONDS} s", "look at the network and the firewall")]


# --- Telegram ------------------------------------------------------------------------------


async def telegram(
    settings: TelegramSettings, staff_chat: str | None, code: str | None, webhook: str | None
) -> list[Finding]:
    """The token, how updates come, and the staff group."""
    async with TelegramClient(settings.token.get_secret_value(), settings.api, settings.files) as client:
        try:
            me = await client.me()
            return [
                ok(f"the bot is @{me.username}"),
                *await _updates(client, webhook),
                await _group(client, me, staff_chat, code),
            ]
        except BadToken:
            return [bad("Telegram refuses the bot's token", "ask @BotFather for it and set ORDERBOT_TELEGRAM_TOKEN")]
        except FAILURES as failure:
            words = getattr(failure, "why", None) or getattr(failure, "words", "")
            return [bad(f"Telegram cannot be asked: {words}", "look at the network and ORDERBOT_TELEGRAM_API")]


async def _updates(client: TelegramClient, webhook: str | None) -> list[Finding]:
    info = await client.call("getWebhookInfo")
    set_to, problem = at(info, "url"), at(info, "last_error_message")
    if not webhook:
        cure = "`orderbot run` removes it and polls; a program that needs it must have a bot of its own"
        return [warn("a webhook takes the bot's updates", cure)] if set_to else []
    if not isinstance(set_to, str) or not set_to.startswith(webhook):
        return [warn("the webhook is not set yet", "`orderbot run` sets it")]
    if problem:
        return [warn(f"Telegram could not deliver to the webhook: {problem}", "look at the web server in front of us")]
    return [ok("the webhook is set")]


async def _group(client: TelegramClient, me: Me, staff_chat: str | None, code: str | None) -> Finding:
    here = f"write /here {code}" if code else "after the first start `orderbot check` shows a code to write"
    if staff_chat is None:
        return warn("no group is the staff's yet", f"add @{me.username} to one as an admin; there, {here}")
    try:
        member = await client.call("getChatMember", {"chat_id": staff_chat, "user_id": me.id})
    except Refused as refused:
        return bad(
            f"the bot is not in the staff group {staff_chat}: {refused.words}", f"add it; or, in another, {here}"
        )
    except ChatMoved as moved:
        return warn(f"the staff group is {moved.new_address} now", "nothing: the bot follows at its next message")
    status = at(member, "status")
    if status in ("administrator", "creator"):
        return ok("the bot is an admin of the staff group")
    if status in ("left", "kicked"):
        return bad(f"the bot is no longer in the staff group {staff_chat}", f"add it; or, in another, {here}")
    if me.reads_groups:
        return ok("the bot reads the staff group")
    return warn("the bot sees only commands and replies in the staff group", "make it an admin of the group")


async def clock(api: str) -> list[Finding]:
    """Whether this machine's clock goes as Telegram's."""
    # A proxy of this machine is for the way out, not for a server on the machine itself.
    is_here = is_loopback(urlsplit(api).hostname or "")
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=not is_here) as client:
            theirs = parsedate_to_datetime((await client.head(api)).headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        # That Telegram does not answer is another check's finding.
        return []
    return [compared(SystemClock().now(), theirs)]


def compared(ours: datetime, theirs: datetime) -> Finding:
    """What the difference of two clocks means."""
    skew = (ours - theirs).total_seconds()
    if abs(skew) <= MOST_SKEW_SECONDS:
        return ok("the clock is right")
    return warn(f"the clock is {abs(skew):.0f} s {'fast' if skew > 0 else 'slow'}", "timedatectl set-ntp true")


# --- mail ----------------------------------------------------------------------------------


async def mailbox(mailbox: Mailbox) -> list[Finding]:
    """Login, the folder, and whether the server tells of new mail by itself."""
    connection = ImapConnection(mailbox)
    try:
        await connection.open()
    except MailboxRefused as refused:
        cure = "look at ORDERBOT_IMAP_USER, _PASSWORD and _FOLDER"
        return [bad(f"the mailbox at {mailbox.host} does not open: {refused}", cure)]
    except MailboxLost as lost:
        cure = "look at ORDERBOT_IMAP_HOST, _PORT and _TLS"
        return [bad(f"the mailbox at {mailbox.host}:{mailbox.port} cannot be reached: {lost}", cure)]
    finally:
        await connection.close()
    if not connection.offers("IDLE"):
        words = f"the mailbox at {mailbox.host} opens, but its server does not tell of new mail"
        return [warn(words, "nothing: it is looked into once a minute")]
    return [ok(f"the mailbox at {mailbox.host} opens")]


async def way_out(smtp: Smtp, sender: str) -> list[Finding]:
    """Connection and login; nothing is sent."""
    try:
        courier = MailCourier(smtp, sender, SystemClock())
        await courier.try_login()
    except ValueError as error:
        return [bad(f"ORDERBOT_MAIL_FROM cannot stand in a mail: {error}", "write the address alone")]
    except TryLater as failure:
        cure = "look at ORDERBOT_SMTP_HOST, _PORT, _TLS, _USER and _PASSWORD"
        return [bad(f"no mail can leave by {smtp.host}:{smtp.port}: {failure.why}", cure)]
    return [ok(f"mail can leave by {smtp.host}")]
