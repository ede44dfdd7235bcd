"""The mail channel of a running bot: its door and its sender. A shop with Telegram alone never loads it."""

from bot.loops import Loop
from bot.mail_in import MailDoor
from bot.mail_out import MailCourier
from bot.pacing import Pace, Pacing
from bot.sender import Sender
from bot.wiring import Shared
from core.people import Channel

PROCESSED = "Processed"
"""The folder that mails go to when they are kept."""


def join_mail(shared: Shared, loops: dict[str, Loop]) -> None:
    """Mail comes in where there is a mailbox, and leaves where there is a server for it."""

    def message_id(letter_id: int) -> str:
        # The house may be made anew meanwhile.
        return shared.house.message_id(letter_id)

    settings = shared.settings
    if settings.mailbox is not None:
        loops["mail in"] = MailDoor(
            settings.mailbox,
            shared.receive,
            shared.known_uids,
            shared.clock,
            processed=PROCESSED,
            since=shared.mail_since,
        ).run
    if settings.smtp is not None and settings.mail_from:
        loops["mail out"] = Sender(
            shared.store,
            Channel.MAIL,
            MailCourier(settings.smtp, settings.mail_from, shared.clock),
            shared.clock,
            shared.metrics,
            pacing=Pacing(Pace()),
            outbox=shared.outbox,
            inbox=shared.inbox,
            message_id=message_id,
        ).run
