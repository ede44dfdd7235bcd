"""An IMAP server (pymap) and an SMTP server (aiosmtpd) on loopback, in this process; both can go away and come back."""

import asyncio
import logging
import uuid
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.result import ProxyResultLocal
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

# aiosmtpd warns of its own old interface at every login, whoever uses it or not.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        """Said without asking the network for this machine's name, as pymap does by itself."""
        return b"Sandbox mailbox ready"


class ImapServer:
    """One mailbox; its mails outlive a stop and start."""

    def __init__(self, user: str, password: str) -> None:
        self._config = _Config(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host="127.0.0.1",
            port=0,
            demo_data=False,
            demo_user=user,
            demo_password=password,
            tls_enabled=False,
            reject_dnsbl=False,
            hash_context=Cleartext(),
        )
        self._login = Login(self._config)
        self._login.users_dict[user] = UserMetadata(self._config, user, password=password)
        self._connections: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server:
            self._server.close()
            self._server = None
        for writer in list(self._connections):
            writer.transport.abort()

    async def put(self, raw: bytes, at: datetime) -> None:
        """Deliver a mail into INBOX at that time; whoever idles there hears of it."""
        async with self._login.demo_user_identity.new_session() as session:
            mailbox = await session.mailbox_set.get_mailbox("INBOX")
            await mailbox.append(AppendMessage(raw, at))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        about = SocketInfo.get(writer, ProxyResultLocal(), unique_id=uuid.uuid4().bytes)
        try:
            await IMAPServer(self._login, self._config)(reader, writer, about)
        except (ConnectionError, EOFError):
            logging.getLogger(__name__).debug("a mail reader hung up")
        finally:
            self._connections.discard(writer)


class SmtpFault(StrEnum):
    LATER = "451 4.3.0 come back later"
    REFUSED = "550 5.1.1 no such mailbox"
    LOST_ANSWER = "taken, but the connection closes before the answer"


Taken = Callable[[str, tuple[str, ...], bytes], None]


class SmtpServer:
    """Takes mails for anybody and hands them to `taken` (envelope sender, recipients, bytes)."""

    def __init__(self, user: str, password: str, taken: Taken) -> None:
        self._user = user
        self._password = password
        self._taken = taken
        self._faults: list[SmtpFault] = []
        self._connections: set[SMTP] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    def plan(self, fault: SmtpFault, mails: int = 1) -> None:
        """The next `mails` mails meet this fault."""
        self._faults += [fault] * mails

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server:
            self._server.close()
            self._server = None
        for connection in list(self._connections):
            _abort(connection)

    def _connection(self) -> SMTP:
        smtp = SMTP(
            self,
            hostname="mail.sandbox.example",
            auth_require_tls=False,
            authenticator=self._authenticate,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )
        self._connections = {one for one in self._connections if not _is_closed(one)} | {smtp}
        return smtp

    def _authenticate(self, *asked: object) -> AuthResult:
        given = asked[-1]
        known = LoginPassword(self._user.encode(), self._password.encode())
        return AuthResult(success=given == known, handled=False)

    async def handle_RCPT(  # noqa: N802  the name is aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._faults and self._faults[0] is not SmtpFault.LOST_ANSWER:
            return str(self._faults.pop(0))
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self._taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content)
        if self._faults:
            self._faults.pop(0)
            _abort(server)
        return "250 2.0.0 taken"


def _abort(connection: SMTP) -> None:
    if isinstance(connection.transport, asyncio.Transport):
        connection.transport.abort()


def _is_closed(connection: SMTP) -> bool:
    return connection.transport is not None and connection.transport.is_closing()
