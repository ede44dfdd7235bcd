"""What the readers return: order lines, edits of a draft, wishes, and what was not understood."""

from datetime import date, datetime
from enum import StrEnum

from core.frozen import frozen
from core.menu import Chosen


@frozen
class ReadLine:
    """One order line and the customer's words that it was read from."""

    sku: str
    quantity: int
    options: tuple[Chosen, ...] = ()
    words: str = ""
    for_whom: str = ""
    """The name of whom it is for, where one was said."""


@frozen
class Question:
    """A doubt: what was written, and the readings that would fit it (line index if one is meant)."""

    about: str
    likely: tuple[str, ...] = ()
    """Skus of the products that fit, the likeliest first."""


@frozen
class Reading:
    """A message read as an order; `unread` are the customer's words that found no place."""

    lines: tuple[ReadLine, ...] = ()
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@frozen
class SetQuantity:
    """ "make it 3": line `index` of the draft gets this quantity (0 takes it out)."""

    index: int
    quantity: int
    words: str = ""


@frozen
class SetOptions:
    """ "the second one large": these choices are laid over those of line `index`; `dropped` ones are taken back."""

    index: int
    options: tuple[Chosen, ...]
    words: str = ""
    dropped: tuple[Chosen, ...] = ()


@frozen
class AddLine:
    """One more line."""

    line: ReadLine


@frozen
class ClearDraft:
    """ "start again": nothing stays."""

    words: str = ""


Edit = SetQuantity | SetOptions | AddLine | ClearDraft


@frozen
class EditsRead:
    """What a message means for a draft; `edited`: it did more than name new goods."""

    edits: tuple[Edit, ...] = ()
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    edited: bool = False


class Intent(StrEnum):
    """What a message is for."""

    ORDER = "order"  # goods are named, or an open draft is edited
    PLACE = "place"  # "yes, that's all": place the open draft
    STATUS = "status"  # where is my order
    CANCEL = "cancel"  # cancel an order (or the open draft)
    RETURN = "return"  # something goes back
    MENU = "menu"  # show me the menu
    HOURS = "hours"  # when are you open
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    CHANGE = "change"  # something about a placed order is to be different
    REORDER = "reorder"  # the same as last time, "the usual"
    PRODUCT = "product"  # a question that the menu answers: price, diet, allergens
    PERSON = "person"  # "can I talk to somebody"
    COMPLAINT = "complaint"  # something was bad, and nothing goes back
    QUESTION = "question"  # for a person
    OTHER = "other"  # none of these: for a person, too


class ReturnReason(StrEnum):
    """Why goods go back."""

    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    MISSING = "missing"
    QUALITY = "quality"
    CHANGED_MIND = "changed_mind"
    LATE = "late"
    OTHER = "other"


@frozen
class ReturnItem:
    """What goes back; a quantity of None was not said."""

    sku: str
    quantity: int | None
    words: str = ""


@frozen
class ReturnWish:
    """A return in plain words."""

    items: tuple[ReturnItem, ...]
    reason: ReturnReason
    words: str = ""
    outright: bool = True
    """It is said that something goes back; else only what was wrong with it."""


class Wanted(StrEnum):
    """What a question about the menu wants to know."""

    PRICE = "price"  # "how much is the tonno"
    PRODUCTS = "products"  # "what is vegan", "do you have anything without gluten"
    CONTENTS = "contents"  # "is there milk in the tiramisu", "what is in the tonno"
    HAVE = "have"  # "do you have oat milk"


@frozen
class MenuQuestion:
    """A question that the menu answers; what was not named is empty."""

    wanted: Wanted
    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    diets: tuple[str, ...] = ()
    """Codes of the shop file: vegan, vegetarian, halal …"""
    allergens: tuple[str, ...] = ()
    """Codes of the shop file: gluten, milk, nuts …, as what must not be in it, or is asked for."""
    options: tuple[tuple[str, str], ...] = ()
    """Group and value of choices that are in several dishes, where no dish was named: "how much are olives?"."""
    is_without: bool = False
    """Whether the allergens were named as what it is without: "is the beer gluten-free?"."""


@frozen
class Wishes:
    """What else an order message says; None where it says nothing."""

    kind: str | None = None  # pickup, delivery, shipping
    address: str | None = None  # as written
    wished: datetime | None = None  # aware, in the shop's zone
    wished_day: date | None = None  # a day without a time
    asap: bool = False
    phone: str | None = None
    note: str | None = None  # "please ring twice"
    name: str | None = None
    payment: str | None = None  # cash, card, online
    code: str | None = None  # of a discount


NO_WISHES = Wishes()


@frozen
class Understood:
    """One message, wholly read. `reading` holds the lines as if there were no draft; `edits` what they mean for it."""

    intent: Intent
    reading: Reading = Reading()
    edits: tuple[Edit, ...] = ()
    wishes: Wishes = NO_WISHES
    order_number: int | None = None
    returns: ReturnWish | None = None
    asked: MenuQuestion | None = None
    language: str | None = None  # guessed from the words; None when unsure
    asides: tuple[str, ...] = ()
    """Beside an order: what is asked, and what hangs on an "if", in the customer's words. None of it is ordered."""
