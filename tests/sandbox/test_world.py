from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import ANNA, SAM
from bot.sandbox.world import World
from bot.settings import load_settings


async def test_the_bot_can_run_with_the_worlds_settings(clock, tmp_path):
    world = World(clock)
    shop = tmp_path / "shop.yaml"
    shop.touch()
    await world.open()

    settings = load_settings(world.settings() | {"ORDERBOT_SHOP": str(shop)})
    await world.close()

    assert (settings.telegram.owners, settings.telegram.staff) == ((ANNA.user.id,), (SAM.user.id,))
    assert settings.telegram.staff_chat == world.staff_chat
    assert settings.mailbox.port == world.mailbox.imap.port
    assert settings.smtp.port == world.mailbox.smtp.port


def test_the_shops_name_is_its_bots_and_its_groups():
    state = World(SandboxClock(), shop="Trattoria Bea").telegram.state

    assert state.bot.first_name == "Trattoria Bea"
    assert [chat.title for chat in state.chats.values() if chat.kind == "group"] == ["Trattoria Bea · staff"]
