"""What the shop's owner sets, checked and grouped: every fault is told at once, with its cure.

docs/settings.md lists the names; bot/environment.py has their types and defaults.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pydantic import SecretStr

from bot.environment import Environment, Tls, faults_of, given, is_loopback, name_of, split_listen, sqlite_file
from core.frozen import frozen


class SettingsError(Exception):
    """Settings that the bot cannot start with; `faults` has a line for each, naming the setting and the cure."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@frozen
class TelegramSettings:
    """The bot's account, and how fast it may speak.

    `api` and `files` are addresses without `/bot` and the token. The group and the people are those of the first
    start; afterwards the database leads.
    """

    token: SecretStr
    api: str
    files: str
    staff_chat: int | None
    owners: tuple[int, ...]
    staff: tuple[int, ...]
    per_second: float
    per_chat_second: float
    per_group_minute: float


@frozen
class Mailbox:
    """Where mail is read, by IMAP; `tls` is implicit or none."""

    host: str
    port: int
    tls: Tls
    user: str
    password: SecretStr
    folder: str


@frozen
class Smtp:
    """How mail leaves; without a user the server takes it unasked."""

    host: str
    port: int
    tls: Tls
    user: str | None
    password: SecretStr | None


@frozen
class Listen:
    """The address of health, metrics and webhooks; port 0 takes any free one."""

    host: str
    port: int


@frozen
class Settings:
    """Everything that is set; a part that is None is not in use."""

    shop: Path
    database: str = field(repr=False)
    telegram: TelegramSettings | None
    mailbox: Mailbox | None
    smtp: Smtp | None
    mail_from: str | None
    mail_authserv: str | None
    webhook: str | None
    listen: Listen

    def secrets(self) -> tuple[str, ...]:
        """All that must never be shown, longest first, in each spelling that it may have in an address."""
        hidden = [part.password for part in (self.mailbox, self.smtp) if part and part.password]
        if self.telegram:
            hidden.append(self.telegram.token)
        plain = [secret.get_secret_value() for secret in hidden] + [unquote(urlsplit(self.database).password or "")]
        spellings = {spelling for secret in plain if secret for spelling in (secret, quote(secret, safe=""))}
        return tuple(sorted(spellings, key=len, reverse=True))


def load_settings(env: Mapping[str, str] | None = None, *, to_run: bool = True) -> Settings:
    """The settings of the environment and of `.env` (the environment wins), or those of `env` alone.

    Commands that only look at the database or at a file pass `to_run=False`: then nothing has to be there, but what
    is there must be right. Raises SettingsError.
    """
    values = given(env)
    wrong = faults_of(values)
    read = Environment(**{field: value for field, value in values.items() if field not in wrong})
    faults = [*wrong.values(), *_dangers(read)]
    if to_run:
        faults += _lacks(read, wrong)
    if faults:
        raise SettingsError(tuple(faults))
    return _grouped(read)


def _dangers(read: Environment) -> Iterator[str]:
    """Passwords and customers' words that would cross a network in plain text."""
    for door, host, tls in (("imap", read.imap_host, read.imap_tls), ("smtp", read.smtp_host, _smtp_tls(read))):
        if host and tls is Tls.NONE and not is_loopback(host):
            yield f"{name_of(f'{door}_tls')} must not be none for {host}: only mail on this machine may go unprotected"


def _lacks(read: Environment, wrong: Collection[str]) -> Iterator[str]:
    """What is missing for the bot to run; what is there but wrong is told already."""
    lacking = {field for field in Environment.model_fields if getattr(read, field) is None and field not in wrong}
    if {"telegram_token", "imap_host"} <= lacking and not {"telegram_token", "imap_host"} & set(wrong):
        yield f"{name_of('telegram_token')} is missing: ask @BotFather for one, or set {name_of('imap_host')} for mail"
    if read.imap_host:
        yield from (f"{name_of(field)} is missing: {why}" for field, why in _FOR_MAIL.items() if field in lacking)
    if read.smtp_host and (read.smtp_user is None) != (read.smtp_password is None):
        yield f"{name_of('smtp_user')} and {name_of('smtp_password')} belong together: set both or neither"
    if is_first_start(read.database) and "shop" not in wrong and not read.shop.is_file():
        path = str(read.shop)
        yield f"{name_of('shop')} is {path!r}, and there is no such file: copy examples/trattoria.yaml to begin with"


_FOR_MAIL = {
    "imap_user": "the mailbox's user name, mostly its address",
    "imap_password": "the mailbox's password, or one that its provider gives to programs",
    "smtp_host": "without it no mail could be answered",
    "mail_from": "the shop's own address, which customers write to",
}


def is_first_start(database: str) -> bool:
    """Whether the shop file is still to be read. Of PostgreSQL only the database itself knows which start it is."""
    file = sqlite_file(database)
    return file is not None and not file.exists()


def _grouped(read: Environment) -> Settings:
    host, port = split_listen(read.listen)
    return Settings(
        shop=read.shop,
        database=read.database,
        telegram=_telegram(read),
        mailbox=_mailbox(read),
        smtp=_smtp(read),
        mail_from=read.mail_from,
        mail_authserv=read.mail_authserv,
        webhook=read.webhook,
        listen=Listen(host=host, port=port),
    )


def _telegram(read: Environment) -> TelegramSettings | None:
    if read.telegram_token is None:
        return None
    # The library writes both addresses with "/bot" at the end; here they stand without it.
    api = read.telegram_api.removesuffix("/bot")
    return TelegramSettings(
        token=read.telegram_token,
        api=api,
        files=read.telegram_files.removesuffix("/bot") if read.telegram_files else f"{api}/file",
        staff_chat=read.staff_chat,
        owners=read.owners,
        staff=read.staff,
        per_second=read.telegram_per_second,
        per_chat_second=read.telegram_per_chat_second,
        per_group_minute=read.telegram_per_group_minute,
    )


def _mailbox(read: Environment) -> Mailbox | None:
    if read.imap_host is None or read.imap_user is None or read.imap_password is None:
        return None
    return Mailbox(
        host=read.imap_host,
        port=read.imap_port or (143 if read.imap_tls is Tls.NONE else 993),
        tls=read.imap_tls,
        user=read.imap_user,
        password=read.imap_password,
        folder=read.imap_folder,
    )


def _smtp(read: Environment) -> Smtp | None:
    if read.smtp_host is None:
        return None
    tls = _smtp_tls(read)
    return Smtp(
        host=read.smtp_host,
        port=read.smtp_port or {Tls.IMPLICIT: 465, Tls.STARTTLS: 587, Tls.NONE: 25}[tls],
        tls=tls,
        user=read.smtp_user,
        password=read.smtp_password,
    )


def _smtp_tls(read: Environment) -> Tls:
    # Port 587 is where servers expect STARTTLS (RFC 6409); everywhere else TLS comes first (RFC 8314).
    return read.smtp_tls or (Tls.STARTTLS if read.smtp_port == 587 else Tls.IMPLICIT)
