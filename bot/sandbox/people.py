"""Who plays in the sandbox: two customers, the owner, one of the staff; the same people as in the talks."""

from dataclasses import dataclass

from bot.sandbox.telegram_values import User


@dataclass(frozen=True)
class Player:
    """A person with a Telegram account and a mail address."""

    user: User
    address: str
    is_staff: bool = False

    @property
    def mail_name(self) -> str:
        """Name and address, as a mail's From has them."""
        return f"{self.user.first_name} {self.user.last_name} <{self.address}>"


BEA = Player(User(5610233817, "Bea", "Conti", "bea_conti", "en", phone="+393335550101"), "bea@example.org")
CARL = Player(User(6024918530, "Carl", "Weber", "carlweber", "de", phone="+4915155500102"), "carl@example.net")
ANNA = Player(
    User(1288340017, "Anna", "Rossi", "anna_rossi", "en", phone="+393335550103"), "anna@example.org", is_staff=True
)
SAM = Player(
    User(5903771264, "Sam", "Okafor", "samokafor", "en", phone="+393335550104"), "sam@example.org", is_staff=True
)
PLAYERS = (BEA, CARL, ANNA, SAM)
