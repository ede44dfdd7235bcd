"""The shop's mailbox and everybody else's: what customers write lands in one, what the shop sends is caught for all."""

import asyncio
import itertools
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.sandbox.diary import Diary, Did, Entry
from bot.sandbox.mail_servers import ImapServer, SmtpServer
from bot.sandbox.mail_values import Attachment, Draft, Mail, composed, delivered, quoted, reply_subject

ADDRESS = "orders@trattoria.example"
PASSWORD = "sandbox-only"  # noqa: S105  a mailbox that lives in this process alone


class Mailbox:
    """`mails` holds all of both directions, oldest first."""

    host = "127.0.0.1"
    user = ADDRESS
    password = PASSWORD
    address = ADDRESS

    def __init__(self, clock: Clock, diary: Diary | None = None, zone: str = "UTC") -> None:
        """`zone` is where people's mail programs are: in it they say when they got what they answer."""
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._diary = diary or Diary()
        self._numbers = itertools.count(1)
        self._deliveries: set[asyncio.Task[None]] = set()
        self.mails: list[Mail] = []
        self.imap = ImapServer(self.user, self.password)
        self.smtp = SmtpServer(self.user, self.password, self.caught)
        self.is_down = True

    async def start(self) -> None:
        if not self.is_down:
            return
        await self.imap.start()
        await self.smtp.start()
        self.is_down = False
        self._diary.note()

    async def stop(self) -> None:
        """Down: connections are cut and refused; `start` brings both servers back on the same ports."""
        self.is_down = True
        await self.imap.stop()
        await self.smtp.stop()
        self._diary.note()

    @property
    def sent(self) -> list[Mail]:
        """What the shop has sent, to whomever."""
        return [mail for mail in self.mails if mail.by_shop]

    def mail(self, number: int) -> Mail:
        """KeyError when there is no such mail."""
        found = {mail.number: mail for mail in self.mails}
        return found[number]

    async def write_mail(
        self,
        sender: str,
        subject: str,
        body: str,
        *,
        html: str | None = None,
        answers: Mail | None = None,
        attachments: tuple[Attachment, ...] = (),
        authentic: bool = True,
    ) -> Mail:
        """A customer's mail arrives in the shop's INBOX; `authentic` is what the server says of its sender."""
        now = self._clock.now()
        raw = composed(Draft(sender, subject, body, html, answers, attachments), self.address, now)
        return await self.put_raw(delivered(raw, sender, self.address, now, authentic=authentic), sender)

    async def reply(
        self, answers: Mail, body: str, *, sender: str | None = None, attachments: tuple[Attachment, ...] = ()
    ) -> Mail:
        """Answer a mail of the shop in its thread, with the mail quoted below."""
        words = quoted(body, answers, self._zone)
        subject = reply_subject(answers.header("Subject"))
        return await self.write_mail(
            sender or answers.customer, subject, words, answers=answers, attachments=attachments
        )

    async def put_raw(self, raw: bytes, sender: str = "") -> Mail:
        """Any bytes arrive in the shop's INBOX, also such that no mail program would write."""
        await self.imap.put(raw, self._clock.now())
        return self._note(parseaddr(sender)[1], (self.address,), raw, by_shop=False)

    def caught(self, sender: str, recipients: tuple[str, ...], raw: bytes) -> None:
        """The shop has sent a mail; what it sends to itself comes back in."""
        self._note(sender, recipients, raw, by_shop=True)
        if self.address in recipients:
            delivery = asyncio.create_task(self.imap.put(raw, self._clock.now()))
            self._deliveries.add(delivery)
            delivery.add_done_callback(self._deliveries.discard)

    def _note(self, sender: str, recipients: tuple[str, ...], raw: bytes, *, by_shop: bool) -> Mail:
        number, now = next(self._numbers), self._clock.now()
        mail = Mail(number=number, by_shop=by_shop, sender=sender, recipients=recipients, raw=raw, at=now)
        self.mails.append(mail)
        self._diary.note(Entry(Did.HEARD if by_shop else Did.MAILED, mail.words, mail.customer))
        return mail
