"""Logs: an event and its keys, a line each, to standard output; no secret ever gets that far.

Whoever logs keeps to numbers of rows and kinds of things: people and their words are left out where a line is written,
not here.
"""

import logging
import re
import sys
import threading
from collections.abc import Collection
from io import TextIOWrapper
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

HIDDEN = "[hidden]"

# At INFO httpx writes each address, and with it the token; SQLAlchemy writes the values of each statement.
_QUIET = ("httpx", "httpcore", "aioimaplib", "aiosmtplib", "sqlalchemy", "alembic", "asyncio", "uvicorn")

# What it takes for an error it raises, too: a page of traceback for each answer of a broken gateway says nothing new.
_SILENT = ("telegram",)

log = structlog.stdlib.get_logger(__name__)


class Redactor:
    """Takes known secrets out of texts and, as a step of logging, out of all that a line holds."""

    def __init__(self, secrets: Collection[str]) -> None:
        # The longest first: one secret may be the beginning of another.
        longest_first = sorted(filter(None, secrets), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        """The text with each secret replaced."""
        return self._known.sub(HIDDEN, text) if self._known else text

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        return {key: self._value(value) for key, value in event.items()}

    def _value(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return {self.text(str(key)): self._value(held) for key, held in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(held) for held in value]
        # Anything else is written by its repr, which may hold a secret, too.
        return self.text(value if isinstance(value, str) else repr(value))


def configure(secrets: Collection[str], *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Sends every log of ours and of the libraries to `stream`, standard output if none is given.

    As JSON, or for a person where the stream is a terminal. May be called again when more secrets are known. What
    nobody catches is logged like everything else instead of being printed by Python, which knows no secrets.
    """
    stream = stream or sys.stdout
    as_json = not stream.isatty() if as_json is None else as_json
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    if isinstance(stream, TextIOWrapper):
        # A character that the terminal's encoding lacks must not cost the line.
        stream.reconfigure(errors="backslashreplace")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(first, Redactor(secrets), as_json=as_json))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # A record that cannot be written would be printed as it is, secrets included.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    _catch_what_nobody_catches()


def _formatter(first: list[Processor], redactor: Redactor, *, as_json: bool) -> logging.Formatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=first,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            # Tracebacks become text first, so that the redactor sees them.
            structlog.processors.format_exc_info,
            redactor,
            renderer,
        ],
    )


def _catch_what_nobody_catches() -> None:
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed
    sys.unraisablehook = _not_raised


def _crashed(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("crashed", exc_info=(kind, error, traceback))


def _thread_crashed(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        log.critical("thread_crashed", exc_info=(crash.exc_type, crash.exc_value, crash.exc_traceback))


def _not_raised(ignored: "UnraisableHookArgs") -> None:
    log.error("error_in_cleanup", exc_info=(ignored.exc_type, ignored.exc_value, ignored.exc_traceback))
