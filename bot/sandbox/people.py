"""Who plays in the sandbox: two customers, the owner, one of the staff; the same people as in the talks."""

from bot.sandbox.telegram_values import User
from core.frozen import frozen


@frozen(slots=False)
class Player:
    """A person with a Telegram account and a mail address."""

    user: User
    address: str
    is_staff: bool = False
    first_words: str = ""
    """What the page offers to write when nobody knows how to begin."""

    @property
    def mail_name(self) -> str:
        """Name and address, as a mail's From has them."""
        return f"{self.user.first_name} {self.user.last_name} <{self.address}>"


BEA = Player(
    User(5610233817, "Bea", "Conti", "bea_conti", "en", phone="+393335550101", home=(46.49950, 11.35200)),
    "bea@example.org",
    first_words="2 margherita, one large with extra mushrooms no onions, and a coke",
)
CARL = Player(
    User(6024918530, "Carl", "Weber", "carlweber", "de", phone="+4915155500102", home=(46.47100, 11.33300)),
    "carl@example.net",
    first_words="Good evening,\n\ntwo jars of honey, please, shipped to\nCarl Weber, Lindenweg 4, 50667 Köln.\n\nCarl",
)
ANNA = Player(
    User(1288340017, "Anna", "Rossi", "anna_rossi", "en", phone="+393335550103"), "anna@example.org", is_staff=True
)
SAM = Player(
    User(5903771264, "Sam", "Okafor", "samokafor", "en", phone="+393335550104"), "sam@example.org", is_staff=True
)
PLAYERS = (BEA, CARL, ANNA, SAM)
