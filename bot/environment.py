"""The settings' names, as they stand in the environment: each one's type, default and what it must be.

bot/settings.py alone reads an Environment; everybody else asks its Settings.
"""

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PositiveFloat, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "ORDERBOT_"


class Tls(StrEnum):
    """How a connection to a mail server is protected."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


def is_loopback(host: str) -> bool:
    """Whether what is sent to this host stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _fits(pattern: str, value: str) -> str:
    if not re.fullmatch(pattern, value, re.ASCII):
        raise ValueError
    return value


def _token(value: SecretStr) -> SecretStr:
    # The example of the README is none, however it looks.
    _fits(r"(?!(?i:.*botfather))\d+:[\w-]+", value.get_secret_value())
    return value


def _password(value: SecretStr) -> SecretStr:
    if value.get_secret_value() in {"…", "..."}:
        raise ValueError
    return value


def _mail_address(value: str) -> str:
    return _fits(r"[^@\s<>,]+@[^@\s<>,]+", value)


def _listen(value: str) -> str:
    host, port = split_listen(value)
    if not host or not 0 <= port <= 65535:
        raise ValueError
    return value


def _database(value: str) -> str:
    address = urlsplit(value)
    is_sqlite = value.startswith("sqlite:///") and value != "sqlite:///"
    is_postgres = address.scheme == "postgresql" and bool(address.path.strip("/"))
    if not is_sqlite and not is_postgres:
        raise ValueError
    return value


def _address(value: str) -> str:
    address = urlsplit(value)
    host = address.hostname or ""
    if not host or not (address.scheme == "https" or (address.scheme == "http" and is_loopback(host))):
        raise ValueError
    return value.rstrip("/")


_Port = Annotated[int, Field(ge=1, le=65535)]
_People = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split)]
_Address = Annotated[str, AfterValidator(_address)]
_MailAddress = Annotated[str, AfterValidator(_mail_address)]
_Password = Annotated[SecretStr, AfterValidator(_password)]

# What a value must be: it follows "must be" in the fault that names a wrong one.
_PORT = "a number from 1 to 65535"
_IDS = "Telegram user ids, numbers with commas between them"
_PACE = "a number above 0"
_WEB = "an address that begins with https:// (http:// only on this machine)"


class Environment(BaseSettings):
    """What is set, flat; the description of a field is what its value must be."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        dotenv_filtering="match_prefix",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    shop: Path = Field(Path("shop.yaml"), description="the path of the shop file")
    database: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///orderbot.db", description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    )
    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="what @BotFather gave: digits, a colon, letters and digits"
    )
    telegram_api: _Address = Field("https://api.telegram.org", description=_WEB)
    telegram_files: _Address | None = Field(None, description=_WEB)
    telegram_per_second: PositiveFloat = Field(30, description=_PACE)
    telegram_per_chat_second: PositiveFloat = Field(1, description=_PACE)
    telegram_per_group_minute: PositiveFloat = Field(20, description=_PACE)
    staff_chat: int | None = Field(None, description="the group's id, a number such as -1001234567890")
    owners: _People = Field((), description=_IDS)
    staff: _People = Field((), description=_IDS)
    imap_host: str | None = Field(None, description="the name of a mail server")
    imap_port: _Port | None = Field(None, description=_PORT)
    imap_tls: Literal[Tls.IMPLICIT, Tls.NONE] = Field(Tls.IMPLICIT, description="implicit or none")
    imap_user: str | None = Field(None, description="the mailbox's user name")
    imap_password: _Password | None = Field(None, description="the mailbox's password")
    imap_folder: str = Field("INBOX", description="the name of a folder")
    smtp_host: str | None = Field(None, description="the name of a mail server")
    smtp_port: _Port | None = Field(None, description=_PORT)
    smtp_tls: Tls | None = Field(None, description="implicit, starttls or none")
    smtp_user: str | None = Field(None, description="the user name for sending")
    smtp_password: _Password | None = Field(None, description="the password for sending")
    mail_from: _MailAddress | None = Field(None, description="the shop's mail address alone, such as shop@example.com")
    mail_authserv: str | None = Field(None, description="the name that stands first in Authentication-Results")
    webhook: _Address | None = Field(None, description=_WEB)
    listen: Annotated[str, AfterValidator(_listen)] = Field("127.0.0.1:8080", description="HOST:PORT")

    @classmethod
    def settings_customise_sources(  # the library's signature
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values come through `given` alone, so that wrong ones can be told together and left out."""
        return (init_settings,)


def name_of(field: str) -> str:
    """The name that the owner writes."""
    return PREFIX + field.upper()


def split_listen(value: str) -> tuple[str, int]:
    """Host and port of HOST:PORT or [V6]:PORT; raises ValueError if the port is no number."""
    host, _, port = value.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def sqlite_file(database: str) -> Path | None:
    """The file of an SQLite database; None for any other."""
    path = database.removeprefix("sqlite:///")
    return None if path == database else Path(path)


def given(env: Mapping[str, str] | None) -> dict[str, Any]:
    """What is set, by field and not yet checked: in `env` alone, or in the environment and, behind it, `.env`."""
    if env is None:
        return {**DotEnvSettingsSource(Environment)(), **_named(os.environ)}
    return _named(env)


def faults_of(values: Mapping[str, Any]) -> dict[str, str]:
    """A fault for each value that is not what it must be, by field; a secret is not repeated in it."""
    try:
        Environment(**values)
    except ValidationError as error:
        fields = dict.fromkeys(str(each["loc"][0]) for each in error.errors())
        return {field: _fault(field, values[field]) for field in fields}
    return {}


def _named(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): value for name, value in env.items() if name.startswith(PREFIX) and value
    }


def _fault(field: str, value: object) -> str:
    if field not in Environment.model_fields:
        near = difflib.get_close_matches(field, Environment.model_fields, n=1)
        return f"{name_of(field)} is not a setting: " + (f"did you mean {name_of(near[0])}?" if near else "take it out")
    # A database's address may hold a password, too.
    is_secret = field == "database" or field.endswith(("token", "password"))
    but = "" if is_secret else f", not {value!r}"
    return f"{name_of(field)} must be {Environment.model_fields[field].description}{but}"
