"""What the database says of a product, an order, a return, in one line of words."""

from sqlalchemy import select

from core.documents import Bucket
from storage.tables import orders, returns
from tests.desk import DeskForTests


async def stock_says(desk: DeskForTests, sku: str) -> str:
    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        return " ".join([f"{bucket} {await tx.stock.balance(sku, bucket)}" for bucket in Bucket.ALL])


async def order_says(desk: DeskForTests, number: str) -> str:
    """ "#1001", or "last" for one that has no number yet."""
    async with desk.store.reading() as tx:
        await tx.articles.learn(tx.connection, ())
        if number == "last":
            newest = select(orders.c.id).order_by(orders.c.id.desc()).limit(1)
            order = await tx.orders.get((await tx.connection.execute(newest)).scalar_one())
        else:
            order = await tx.orders.by_number(int(number.lstrip("#")))
        paid = sum(payment.amount for payment in await tx.payments.counting(order.id))
        lines = " ".join(f"{line.sku.replace('-', '_')} {line.quantity}" for line in order.lines)
    return f"{order.state} {order.fulfilment} {order.kind or ''} trust_{order.trust} paid {paid / 100:.2f} {lines}"


async def return_says(desk: DeskForTests, label: str) -> str:
    _, number, seq = label.split("-")
    async with desk.store.reading() as tx:
        found = select(returns).join(orders).where(orders.c.number == int(number), returns.c.seq == int(seq))
        row = (await tx.connection.execute(found)).one()
    return f"{row.state} {row.reason}"
