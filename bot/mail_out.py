"""The courier for mail: one SMTP connection a letter, step by step, so that a failure's stage is known."""

import re
from contextlib import suppress

import aiosmtplib
import structlog

from bot.clock import Clock
from bot.edges import PerhapsDelivered, Receipt, TryLater, Undeliverable
from bot.environment import Tls, is_loopback
from bot.mail_letter import mail_address, mail_bytes
from bot.settings import Smtp
from storage.letters import Letter

ANSWER_SECONDS = 60
DATA_SECONDS = 600
"""How long a server may take to say yes to a whole mail (RFC 5321, 4.5.3.2.6)."""
QUIT_SECONDS = 2
RESTING_SECONDS = 60
"""A server that cannot be reached, or does not let us in, gets a rest from all letters."""
GREYLIST_SECONDS = 300
"""After "not now": servers that make strangers come twice want some minutes between."""

_NOT_LET_IN = {421, 530, 534, 535, 538}
# Policy, protocol and the server's own state (RFC 3463): no fault of the address.
_NOT_THE_ADDRESS = re.compile(r"\s*5\.[3-7]\.")

log = structlog.stdlib.get_logger(__name__)


class MailCourier:
    """Brings letters out by mail; `sender` is the shop's own address. Raises ValueError if it is none."""

    def __init__(self, smtp: Smtp, sender: str, clock: Clock) -> None:
        if smtp.tls is Tls.NONE and not is_loopback(smtp.host):
            raise ValueError("mail leaves over TLS, or stays on this machine")
        self._smtp = smtp
        self._sender = mail_address(sender)
        self._clock = clock

    async def deliver(self, letter: Letter) -> Receipt:
        """Delivers once, under the letter's own Message-ID however often it is tried.

        Raises TryLater, Undeliverable or PerhapsDelivered. One that is cancelled may have arrived, too.
        """
        recipient, mail = self._written(letter)
        client = self._client()
        try:
            await self._connect(client)
            await self._address(client, recipient)
            reply = await self._hand_over(client, mail)
            log.info("mail_accepted", letter=letter.id, reply=reply[:200])
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=QUIT_SECONDS)
        finally:
            client.close()
        return Receipt(sent_as=letter.message_id or "")

    async def try_login(self) -> None:
        """Connects and logs in, and sends nothing. Raises TryLater."""
        client = self._client()
        try:
            await self._connect(client)
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=QUIT_SECONDS)
        finally:
            client.close()

    def _written(self, letter: Letter) -> tuple[str, bytes]:
        """The envelope's recipient and the mail."""
        try:
            recipient = mail_address(letter.address).addr_spec
        except ValueError as error:
            raise Undeliverable(str(error), unreachable=True) from error
        try:
            return recipient, mail_bytes(letter, self._sender, self._clock.now())
        except ValueError as error:
            raise Undeliverable(str(error)) from error

    def _client(self) -> aiosmtplib.SMTP:
        password = self._smtp.password
        return aiosmtplib.SMTP(
            hostname=self._smtp.host,
            port=self._smtp.port,
            username=self._smtp.user,
            password=password.get_secret_value() if password else None,
            # Our name for the greeting; left out, the library asks the DNS for it.
            local_hostname=self._sender.domain,
            timeout=ANSWER_SECONDS,
            use_tls=self._smtp.tls is Tls.IMPLICIT,
            # Never None: that would go on in plain text where somebody removed the offer of STARTTLS.
            start_tls=self._smtp.tls is Tls.STARTTLS,
        )

    async def _connect(self, client: aiosmtplib.SMTP) -> None:
        """Whatever goes wrong here, a wrong password too, is not the letter's fault."""
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # ValueError: a name that no server can have ("smtp..example.org").
            log.warning("smtp_not_open", why=str(error))
            raise _rest(str(error)) from error

    async def _address(self, client: aiosmtplib.SMTP, recipient: str) -> None:
        try:
            await client.mail(self._sender.addr_spec, timeout=ANSWER_SECONDS)
            await client.rcpt(recipient, timeout=ANSWER_SECONDS)
        except aiosmtplib.SMTPRecipientRefused as error:
            raise _refused(error, unreachable=not _NOT_THE_ADDRESS.match(error.message)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refused(error) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TryLater(str(error)) from error

    async def _hand_over(self, client: aiosmtplib.SMTP, mail: bytes) -> str:
        """From here on, without a reply that can be read nobody knows."""
        try:
            return (await client.data(mail, timeout=DATA_SECONDS)).message
        except aiosmtplib.SMTPDataError as error:
            if 200 <= error.code < 300:
                return error.message
            raise _refused(error) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise PerhapsDelivered(str(error)) from error


def _refused(error: aiosmtplib.SMTPResponseException, *, unreachable: bool = False) -> TryLater | Undeliverable:
    """What the server's reply means for the letter: 5xx is final, anything else is not."""
    why = f"{error.code} {error.message}"
    if error.code in _NOT_LET_IN:
        return _rest(why)
    if 500 <= error.code < 600:
        return Undeliverable(why, unreachable=unreachable)
    return TryLater(why, seconds=GREYLIST_SECONDS)


def _rest(why: str) -> TryLater:
    return TryLater(why, seconds=RESTING_SECONDS, whole_channel=True)
