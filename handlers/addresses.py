"""The addresses that a customer used last: offered again, shown by /addresses, forgotten by a tap."""

from core.notices import AddressesShown, Notice, To
from core.people import Contact
from handlers import checkout_buttons
from handlers.commands import customer_command
from handlers.desk import Desk
from storage.customers import Detail

MOST = 3


async def remembered(desk: Desk, contact: Contact) -> tuple[Detail, ...]:
    """The newest first."""
    return await desk.tx.customers.remembered(contact.customer_id, "address", MOST)


async def shown(desk: Desk, contact: Contact, *, is_asked: bool = False) -> AddressesShown:
    """What is remembered; a button an address forgets it."""
    known = await remembered(desk, contact)
    told = tuple(one.value for one in known)
    return AddressesShown(to=To(contact.id), addresses=told, is_asked=is_asked, buttons=checkout_buttons.forget(known))


@customer_command("addresses")
async def show_addresses(desk: Desk, contact: Contact, words: str) -> tuple[Notice, ...]:  # noqa: ARG001
    """/addresses: the addresses that we remember, and how to delete one."""
    return (await shown(desk, contact, is_asked=True),)
