"""What the sandbox's page shows of an order: as the database has it, on both databases."""

from zoneinfo import ZoneInfo

from storage.glance import glance
from tests.people import PEOPLE

BEA = PEOPLE["bea"]
ROME = ZoneInfo("Europe/Rome")


async def looked_at(desk):
    async with desk.store.reading() as tx:
        return await glance(tx, None, ROME)


async def test_an_order_is_shown_with_its_way_and_what_bringing_it_costs(desk):
    await desk.say(BEA, "3 margherita and a coke, delivery to Lauben 3, 39100 Bozen, phone 0471 123456")
    await desk.settle()
    await desk.press(BEA, "Place order")
    await desk.settle()

    order = (await looked_at(desk))["selected"]

    assert [line["words"] for line in order["lines"]][-1] == "delivery"
    paid = sum(float(line["price"].split()[0]) for line in order["lines"])
    assert order["total"] == f"{paid:.2f} EUR"
    assert {"name": "address", "value": "Lauben 3, 39100 Bozen"} in order["facts"]


async def test_its_stock_stands_beside_it(desk):
    await desk.say(BEA, "2 cokes, pickup")
    await desk.settle()
    await desk.press(BEA, "Place order")
    await desk.settle()

    (stock,) = (await looked_at(desk))["selected"]["stock"]

    assert (stock["sku"], stock["accounts"]["held"]) == ("coke", "2")
    assert [step["what"] for step in (await looked_at(desk))["selected"]["timeline"]][-1] == "place: draft → pending"


async def test_before_any_order_there_is_nothing_to_show(desk):
    look = await looked_at(desk)

    assert (look["orders"], look["selected"]) == ([], None)
