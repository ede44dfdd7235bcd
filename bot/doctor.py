"""`orderbot check`: what is wrong, each with its cure. A failure of the network is a finding, never a traceback."""

import logging
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from bot import doctor_away, doctor_here
from bot.cli_common import console, print_json
from bot.clock import SystemClock
from bot.doctor_findings import Finding, Level, bad, ok, warn
from bot.logs import Redactor, configure
from bot.settings import Settings, SettingsError, load_settings

STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.BAD: "bold red"}


async def check_all(env: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Every finding, in the order in which one would mend them; `env` as in load_settings."""
    found, settings = _settings(env)
    if settings is None:
        return tuple(found)
    about_books, books = await doctor_here.look_at_database(settings)
    found += doctor_here.shop_file(settings, books) + about_books
    now = SystemClock().now()
    found += doctor_here.texts(settings, now) + doctor_here.private_files(settings) + doctor_here.disk(settings)
    found += doctor_here.clock(now) + _people(settings, books) + _trust(settings)
    found += await doctor_away.look_around(settings, _staff_chat(settings, books), books.facts.get("binding_code"))
    hide = Redactor(settings.secrets()).text
    return tuple(replace(finding, what=hide(finding.what)) for finding in found)


def show(findings: Iterable[Finding], *, as_json: bool) -> bool:
    """Print them; returns whether nothing is bad."""
    listed = tuple(findings)
    if as_json:
        print_json(asdict(finding) for finding in listed)
    else:
        for finding in listed:
            console().print(f"{finding.level:5}{finding.what}", style=STYLES[finding.level])
            if finding.cure:
                console().print(f"     → {finding.cure}")
    return not any(finding.level is Level.BAD for finding in listed)


def keep_quiet() -> None:
    """What the bot's parts would log while they are tried is in the findings already."""
    configure((), stream=sys.stderr)
    logging.getLogger().setLevel(logging.CRITICAL)


def _settings(env: Mapping[str, str] | None) -> tuple[list[Finding], Settings | None]:
    try:
        return [ok("the settings are right")], load_settings(env)
    except SettingsError as error:
        found = [bad(fault) for fault in error.faults]
    try:
        return found, load_settings(env, to_run=False)
    except SettingsError:
        # With wrong values there is nothing to go on with; with missing ones there is.
        return found, None


def _staff_chat(settings: Settings, books: doctor_here.Books) -> str | None:
    first = settings.telegram.staff_chat if settings.telegram else None
    return books.facts.get("staff_chat") or (str(first) if first else None)


def _people(settings: Settings, books: doctor_here.Books) -> list[Finding]:
    if settings.telegram is None or settings.telegram.owners or books.has_owner:
        return []
    code = books.facts.get("binding_code")
    here = f"write /here {code}" if code else "after the first start write /here and the code shown here"
    cure = f"{here} in the staff's group: it makes you one"
    return [warn("the shop has no owner yet: nobody may invite staff", cure)]


def _trust(settings: Settings) -> list[Finding]:
    if settings.mailbox is None or settings.mail_authserv:
        return []
    cure = "set ORDERBOT_MAIL_AUTHSERV to the name that your mail server writes into Authentication-Results"
    return [warn("no sender of a mail is believed to be who it says", cure)]
