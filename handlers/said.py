"""A message as it was said and read, with all that its answer may need."""

from core.documents import Order, Photo
from core.frozen import frozen
from core.notices import To
from core.people import Contact, Trust
from handlers import drafts
from handlers.desk import Desk
from handlers.reading.message import read_message
from handlers.reading.understood import Understood
from handlers.reading.wordings import with_lists, wordings


def read(desk: Desk, contact: Contact, written: str, draft: Order | None) -> Understood:
    return read_message(
        written,
        desk.house.menu,
        languages=desk.house.reading_languages(contact.language),
        draft=drafts.as_read(draft) if draft else (),
        wished=draft.wished if draft else None,
        now=desk.now,
        zone=desk.shop.zone,
    )


@frozen
class Said:
    """A message with all that its answer may need."""

    desk: Desk
    contact: Contact
    draft: Order | None
    understood: Understood
    written: str
    photos: tuple[Photo, ...]
    trust: Trust
    about: Order | None = None
    """The placed order whose message these words answer."""

    @property
    def to(self) -> To:
        return To(self.contact.id)

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages whose wordings are looked for in it."""
        return with_lists(self.desk.house.reading_languages(self.contact.language))

    def says(self, *keys: str) -> bool:
        """Whether any wording of these lists of intents is in it."""
        return any(wordings("intents", key, self.codes).search(self.written) for key in keys)
