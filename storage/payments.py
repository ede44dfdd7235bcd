"""Money taken, and the journal in which each payment sums to zero."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.documents import Payment
from core.states import PaymentState
from storage.tables import journal, payments


class Payments:
    """A row for every money taken, cash included; taking one back is a row, too."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, taken: Sequence[Payment], at: datetime) -> None:
        """Book payments: what comes into the till is owed by nobody any more."""
        for payment in taken:
            made = insert(payments).values(
                order_id=payment.order_id,
                method=payment.method,
                amount=payment.amount,
                currency=payment.currency,
                state=payment.state,
                reverses=payment.reverses,
                at=at,
            )
            payment_id = (await self.connection.execute(made.returning(payments.c.id))).scalar_one()
            both = (("till", payment.amount), ("sales", -payment.amount))
            await self.connection.execute(
                insert(journal),
                [
                    {
                        "payment_id": payment_id,
                        "account": account,
                        "amount": amount,
                        "currency": payment.currency,
                        "at": at,
                    }
                    for account, amount in both
                ],
            )

    async def counting(self, order_id: int) -> tuple[Payment, ...]:
        """The order's payments that were not taken back."""
        rows = (await self.connection.execute(select(payments).where(payments.c.order_id == order_id))).all()
        undone = {row.reverses for row in rows}
        return tuple(
            Payment(row.order_id, row.method, row.amount, row.currency, PaymentState(row.state), row.id, row.reverses)
            for row in rows
            if row.id not in undone and row.reverses is None
        )
