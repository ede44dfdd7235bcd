"""The shop's pictures: kept with the shop file, sent by Telegram's own id once it has one."""

from tests.people import NOON

PIZZA, OTHER = b"\xff\xd8\xff pizza", b"\x89PNG\r\n\x1a\n pizza"


async def test_the_newest_of_a_name_counts_and_the_same_bytes_are_kept_once(desk):
    async with desk.store.transaction() as tx:
        await tx.pictures.keep({"a.jpg": PIZZA}, NOON)
        first = await tx.pictures.number("a.jpg")
        await tx.pictures.keep({"a.jpg": PIZZA}, NOON)
        assert await tx.pictures.number("a.jpg") == first

        await tx.pictures.keep({"a.jpg": OTHER}, NOON)
        newest = await tx.pictures.photo(await tx.pictures.number("a.jpg"))

    assert (newest.data, newest.mime) == (OTHER, "image/png")


async def test_what_telegram_has_goes_by_its_id_until_another_bot_sends_it(desk):
    async with desk.store.transaction() as tx:
        await tx.pictures.keep({"a.jpg": PIZZA}, NOON)
        number = await tx.pictures.number("a.jpg")

        await tx.pictures.known_as(number, "AgAC1")
        assert (await tx.pictures.photo(number)).telegram_file == "AgAC1"
        await tx.pictures.forget_ids()

        assert (await tx.pictures.photo(number)).data == PIZZA
        assert await tx.pictures.number("b.jpg") is None
