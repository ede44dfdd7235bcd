"""The menu's pages, which are one message in a chat, and the answers to questions about the menu."""

from core.availability import Reason
from core.documents import Line, Order, Photo
from core.food import Caution
from core.frozen import frozen
from core.menu import Category, OptionGroup, Product, Texts
from core.notices.base import CHAT_ONLY, Notice

MENU_CARD = "menu"


@frozen(slots=False, kw_only=True)
class MenuPage(Notice):
    """A page of the one message; `anew` posts it at the end of the chat, where it was asked for by words."""

    currency: str
    anew: bool = False
    photo: Photo | None = None
    channels = CHAT_ONLY

    @property
    def card(self) -> str | None:
        return MENU_CARD

    @property
    def about(self) -> str | None:
        return None

    @property
    def is_fresh(self) -> bool:
        return self.anew


@frozen(slots=False, kw_only=True)
class MenuHome(MenuPage):
    """The headings; `order` is the draft so far, `table` where its customer sits."""

    order: Order | None = None
    table: str = ""


@frozen(slots=False, kw_only=True)
class MenuCategory(MenuPage):
    """Some of the products under a heading, `page` of `pages`; `off` are skus not to be had.

    `met` has the allergens of its reader that are in a product, by sku.
    """

    category: Category
    products: tuple[Product, ...]
    page: int = 1
    pages: int = 1
    off: frozenset[str] = frozenset()
    met: dict[str, tuple[str, ...]]


@frozen(slots=False, kw_only=True)
class MenuProduct(MenuPage):
    """One product as it is being put together: `line` has its price so far, `allergens` count its options in.

    `off` is why it cannot be had; `cautions` are about what its reader must not eat.
    """

    product: Product
    line: Line
    allergens: tuple[str, ...] | None = None
    cautions: tuple[Caution, ...] = ()
    off: Reason | None = None
    declares: bool = True
    """Whether the shop declares allergens at all."""
    is_open: bool = False
    """Something must be chosen still, which brings allergens of its own."""


@frozen(slots=False, kw_only=True)
class MenuOptions(MenuPage):
    """One group of options, each a button; `place` of `places` groups, `taken` are chosen of it."""

    product: Product
    group: OptionGroup
    line: Line
    place: int
    places: int
    taken: int = 0
    cautions: tuple[Caution, ...] = ()


@frozen(slots=False, kw_only=True)
class MenuOrder(MenuPage):
    """What is in the draft; `added` has just been put there."""

    order: Order
    added: Line | None = None
    cautions: tuple[Caution, ...] = ()


@frozen(slots=False, kw_only=True)
class MenuFound(MenuPage):
    """What a search found, each a button; `more` that are not shown."""

    words: str
    products: tuple[Product, ...] = ()
    categories: tuple[Category, ...] = ()
    more: int = 0
    off: frozenset[str] = frozenset()


# Answers, by chat and by mail


@frozen
class Altered:
    """An option and what it adds to the price, in minor units; `products` are the names of those that it helps."""

    name: Texts
    price: int
    products: tuple[Texts, ...] = ()


@frozen
class Priced:
    """A product with its price, and the options that cost something."""

    product: Product
    extras: tuple[Altered, ...] = ()
    off: bool = False


@frozen(slots=False, kw_only=True)
class PricesTold(Notice):
    """How much it is; `more` fit that are not shown. `options` are choices that were asked for alone."""

    products: tuple[Priced, ...]
    currency: str
    more: int = 0
    options: tuple[Altered, ...] = ()


@frozen(slots=False, kw_only=True)
class NotOnMenu(Notice):
    """The shop has nothing called `words`; what comes near to it."""

    words: str
    products: tuple[Priced, ...]
    currency: str


@frozen
class Suited:
    """A dish that was asked for by its name, and whether the shop says that it is so."""

    product: Product
    suits: bool


@frozen(slots=False, kw_only=True)
class ProductsTold(Notice):
    """What there is for a diet, without something, or for so much; `undeclared` say nothing of it and are not listed.

    `headings` were named in the question, and so were the dishes of `verdicts`: both are answered with yes or no.
    """

    products: tuple[Product, ...]
    currency: str
    diets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    at_most: int | None = None
    headings: tuple[Texts, ...] = ()
    verdicts: tuple[Suited, ...] = ()
    off: frozenset[str] = frozenset()
    undeclared: int = 0
    more: int = 0
    altered: tuple[Altered, ...] = ()
    """Options in place of what has it, as a gluten-free base is."""


@frozen
class Contents:
    """What is in a product (`has`), what of that was asked for, and what its options add; None: not declared."""

    product: Product
    has: tuple[str, ...] | None = None
    asked: tuple[str, ...] = ()
    adds: tuple[tuple[Texts, tuple[str, ...]], ...] = ()
    without: tuple[Altered, ...] = ()
    """Options in place of others, with which it has nothing of what was asked for."""


@frozen(slots=False, kw_only=True)
class ContentsTold(Notice):
    """What is in it, by the shop's own words; `asked` are the allergens that the question named."""

    contents: tuple[Contents, ...]
    currency: str
    asked: tuple[str, ...] = ()
    is_without: bool = False
    """Whether it was asked if it is without them: then a yes is a no."""


@frozen(slots=False, kw_only=True)
class AllergiesKept(Notice):
    """What we know of somebody's allergies now; `unknown` are words that name none of ours."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    """All that could be said."""
    declares: bool = True
    """Whether the shop declares allergens at all."""
    by_command: bool = True
    """Whether it is told where a command takes it back."""
