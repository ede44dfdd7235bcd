"""A shop file with faults in zones, slots, hours of the menu and numbers a day: each with its line and its cure."""

import pytest

from storage.shop_file import ShopFileError, parse_shop

FILE = """\
shop: {name: Corner, currency: EUR, timezone: Europe/Rome}
location: {lat: 246.5, lon: 11.35}
slots: {every: 7, capacity: 0, lead: -5, day: 3}
fulfilment:
  pickup: {slots: 15}
  delivery:
    minimum: "15.00"
    zones:
      - {postcodes: ["39100"], fee: "2.50"}
      - {name: Hills, radius_km: far, fee: two}
      - {name: Hills, radius_km: 0, minimum: "-3.00"}
      - {name: Codes, postcodes: ["391 00", "39*00"], minutes: soon, radius: 3}
      - Valley
      - {name: All, fee: "1.00"}
      - {name: Never, postcodes: ["39055"]}
  shipping: {slots: {every: 15}}
approval: {answer_change_within_minutes: never}
hours:
  mon-fri: "11:30-14:30"
  exceptions: {12-32: closed, 2027-13-01: closed, easter: closed}
categories:
  - {category: lunch, available: {mon-fry: "11:00-15:00"}}
  - {category: night, available: "22:00"}
  - {category: odd, available: ["11:00-15:00", "14:00-16:00"]}
catalogue:
  - {sku: soup, name: Soup, price: "4.00", category: lunch, daily: 0}
  - {sku: pie, name: Pie, price: "4.00", daily: many}
  - {sku: tea, name: Tea, price: "2.00", available: closed}
  - {sku: roll, name: Roll, price: "2.00", available: {exceptions: {04-31 to 05-02: closed}}}
  - {sku: egg, name: Egg, price: "2.00", availble: "10:00-12:00"}
"""

FAULTS = {
    (2, "location.lat", "write it with a point, such as 2.5"),
    (3, "slots.every", "write 5, 10, 15, 20, 30 or 60"),
    (3, "slots.capacity", "write a number, such as 1"),
    (3, "slots.lead", "write a number, such as 0"),
    (3, "slots.day", "did you mean days?"),
    (5, "fulfilment.pickup.slots", "write every, capacity, lead or days, each with a colon and its value"),
    (9, "fulfilment.delivery.zones[1].name", "add name: and its value"),
    (10, "fulfilment.delivery.zones[2].radius_km", "write it with a point, such as 2.5"),
    (10, "fulfilment.delivery.zones[2].fee", 'write it like "8.50"'),
    (11, "fulfilment.delivery.zones[3].name", "give each zone its own"),
    (11, "fulfilment.delivery.zones[3].radius_km", "write kilometres, such as 2.5"),
    (11, "fulfilment.delivery.zones[3].minimum", "leave the minus out"),
    (12, "fulfilment.delivery.zones[4].postcodes[1]", "list it once: the first zone that has it counts"),
    (
        12,
        "fulfilment.delivery.zones[4].postcodes[2]",
        "write it as customers do, or its beginning and a star, such as 401*",
    ),
    (12, "fulfilment.delivery.zones[4].minutes", "write a number, such as 0"),
    (12, "fulfilment.delivery.zones[4].radius", "did you mean radius_km?"),
    (
        13,
        "fulfilment.delivery.zones[5]",
        "write name, postcodes, radius_km, fee, minimum or minutes, each with a colon and its value",
    ),
    (15, "fulfilment.delivery.zones[7]", "move that one to the end"),
    (16, "fulfilment.shipping.slots", "known here: fee, minimum, postcodes"),
    (17, "approval.answer_change_within_minutes", "write a number, such as 30"),
    (20, "hours.exceptions.12-32", 'write month and day like 12-25, or "12-24 to 12-26"'),
    (20, "hours.exceptions.2027-13-01", 'write 2026-12-24, "2026-08-10 to 2026-08-24", or 12-25 for every year'),
    (20, "hours.exceptions.easter", 'write 2026-12-24, "2026-08-10 to 2026-08-24", or 12-25 for every year'),
    (22, "categories[1].available.mon-fry", "did you mean friday?"),
    (23, "categories[2].available", 'write hours like "11:30-14:30", a list of them, or closed'),
    (24, "categories[3].available", "let each span begin after the one before has ended"),
    (26, "catalogue[1].daily", "write a number, such as 1"),
    (27, "catalogue[2].daily", "write a number, such as 1"),
    (28, "catalogue[3].available", 'write when it is served, such as "11:30-14:30", or take it off the menu'),
    (
        29,
        "catalogue[4].available.exceptions.04-31 to 05-02",
        'write month and day like 12-25, or "12-24 to 12-26"',
    ),
    (30, "catalogue[5].availble", "did you mean available?"),
}

MENU = "shop: {name: Corner, currency: EUR, timezone: Europe/Rome}\ncatalogue: [{sku: tea, name: Tea, price: 2}]\n"


def test_all_faults_are_told_at_once_each_with_its_line_and_its_cure():
    with pytest.raises(ShopFileError) as refused:
        parse_shop(FILE.encode())

    assert {(fault.line, fault.where, fault.cure) for fault in refused.value.faults} == FAULTS
    assert len(refused.value.faults) == len(FAULTS)


@pytest.mark.parametrize(
    ("hours", "available", "is_warned"),
    [
        ('{mon-fri: "11:30-14:30"}', '{sat: "10:00-12:00"}', True),
        ('{mon-fri: "11:30-14:30"}', '"14:30-18:00"', True),
        ('{mon-fri: "11:30-14:30"}', '"14:00-18:00"', False),
        ('{sun: "20:00-02:00"}', '{mon: "01:00-03:00"}', False),
        ('{mon: "00:30-02:00"}', '{sun: "22:00-01:00"}', False),
        ('{mon: "11:30-14:30"}', '{sat: "10:00-12:00", exceptions: {12-24: "11:00-12:00"}}', False),
    ],
)
def test_what_is_never_served_while_the_shop_is_open_is_a_warning(hours, available, is_warned):
    text = f"{MENU}hours: {hours}\ncategories: [{{category: odd, available: {available}}}]\n"

    warned = [fault.where for fault in parse_shop(text.encode()).warnings if "while the shop is open" in fault.what]

    assert warned == (["categories[1].available"] if is_warned else [])


@pytest.mark.parametrize("codes", ['["39100", "401*", "SW*"]', '["SW1A", "SW1A 1", "EC1V 9HL"]', '["D02", "1012 AB"]'])
def test_postcodes_of_any_country_are_none(codes):
    zones = f"fulfilment: {{delivery: {{zones: [{{name: A, postcodes: {codes}}}]}}}}\n"

    assert parse_shop((MENU + zones).encode()).fulfilment.ways[0].areas[0].postcodes
