"""Who acts and who is told: actors, roles, channels and the addresses of customers."""

from enum import StrEnum

from core.frozen import frozen


class Channel(StrEnum):
    """The ways in and out."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    CLOCK = "clock"


class Role(StrEnum):
    """What a member of the staff may do; `may` below says who may what."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"
    KITCHEN = "kitchen"
    COURIER = "courier"
    VIEWER = "viewer"


class Right(StrEnum):
    """A kind of act that needs a role."""

    SEE = "see"  # orders, stock, timelines
    DECIDE = "decide"  # accept, reject, ask, cancel, returns
    COOK = "cook"  # preparing, ready
    DELIVER = "deliver"  # on its way, delivered, handed over, shipped
    STOCK = "stock"  # restock, sold out
    RUN = "run"  # open, close, pause, block
    PEOPLE = "people"  # invite and remove staff
    TEACH = "teach"  # which words mean what


_EVERYDAY = frozenset({Right.SEE, Right.DECIDE, Right.COOK, Right.DELIVER, Right.STOCK, Right.RUN})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: _EVERYDAY | {Right.PEOPLE, Right.TEACH},
    Role.MANAGER: _EVERYDAY,
    Role.STAFF: _EVERYDAY,
    Role.KITCHEN: frozenset({Right.SEE, Right.COOK, Right.STOCK}),
    Role.COURIER: frozenset({Right.SEE, Right.DELIVER}),
    Role.VIEWER: frozenset({Right.SEE}),
}


class ActorKind(StrEnum):
    """Whose hand it was; events keep the kind and an id, never a name."""

    CUSTOMER = "customer"
    STAFF = "staff"
    CLOCK = "clock"
    OWNER = "owner"  # at the command line


@frozen
class Actor:
    """Who did something: the id of a customer or of a staff member; the clock has none."""

    kind: ActorKind
    id: int | None = None
    name: str = ""
    """For the answers of this moment; events do not keep it."""


CLOCK = Actor(ActorKind.CLOCK)


@frozen
class Staff:
    """A member of the staff: a Telegram user id with a role."""

    id: int
    user_id: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.id, self.name)


class Trust(StrEnum):
    """How far a sender is believed: a chat always fully, a mail by its proofs."""

    FULL = "full"  # authenticated and known
    TOKEN = "token"  # noqa: S105  # no password: answers a message of ours
    LOW = "low"  # authenticated, but new to us
    NONE = "none"  # anybody could have written it


@frozen
class Contact:
    """One way to reach a customer: a Telegram chat or a mail address."""

    id: int
    customer_id: int
    channel: Channel
    address: str
    name: str
    language: str
    blocked: bool = False
    """The staff does not want orders from this customer."""
    unreachable: bool = False
    """The customer blocked the bot, or the address bounces."""
    allergies: tuple[str, ...] = ()
    """What they must not eat, by the codes of the shop file."""

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.CUSTOMER, self.customer_id, self.name)
