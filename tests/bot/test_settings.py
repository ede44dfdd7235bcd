"""The owner learns of every fault in the settings at once, in words that say what to do."""

import re
from pathlib import Path

import pytest

from bot.environment import Tls
from bot.settings import SettingsError, load_settings

ROOT = Path(__file__).parents[2]

TOKEN = "123456:SECRET-token"


@pytest.fixture
def shop(tmp_path):
    """The least that a first start needs, but for a channel."""
    path = tmp_path / "shop.yaml"
    path.touch()
    return {"ORDERBOT_SHOP": str(path), "ORDERBOT_DATABASE": f"sqlite:///{tmp_path}/orderbot.db"}


def telegram(**more):
    return {"ORDERBOT_TELEGRAM_TOKEN": TOKEN, **{f"ORDERBOT_{name}": value for name, value in more.items()}}


def mail(**more):
    return {
        "ORDERBOT_IMAP_HOST": "imap.example.com",
        "ORDERBOT_IMAP_USER": "shop@example.com",
        "ORDERBOT_IMAP_PASSWORD": "SECRET imap",
        "ORDERBOT_SMTP_HOST": "smtp.example.com",
        "ORDERBOT_MAIL_FROM": "shop@example.com",
        **{f"ORDERBOT_{name}": value for name, value in more.items()},
    }


def faults(env, **options):
    with pytest.raises(SettingsError) as caught:
        load_settings(env, **options)
    return caught.value.faults


def test_a_token_and_a_shop_file_are_enough(shop):
    settings = load_settings(shop | telegram())

    assert settings.telegram.token.get_secret_value() == TOKEN
    assert settings.mailbox is None
    assert settings.smtp is None
    assert (settings.listen.host, settings.listen.port) == ("127.0.0.1", 8080)
    assert (settings.telegram.api, settings.telegram.files) == (
        "https://api.telegram.org",
        "https://api.telegram.org/file",
    )


def test_a_mailbox_alone_is_enough_and_is_protected_by_default(shop):
    settings = load_settings(shop | mail())

    assert settings.telegram is None
    assert (settings.mailbox.port, settings.mailbox.tls, settings.mailbox.folder) == (993, Tls.IMPLICIT, "INBOX")
    assert (settings.smtp.port, settings.smtp.tls) == (465, Tls.IMPLICIT)


def test_port_587_means_starttls(shop):
    assert load_settings(shop | mail(SMTP_PORT="587")).smtp.tls is Tls.STARTTLS


def test_without_any_channel_the_cure_names_both(shop):
    (fault,) = faults(shop)

    assert "ORDERBOT_TELEGRAM_TOKEN is missing: ask @BotFather" in fault
    assert "ORDERBOT_IMAP_HOST" in fault


def test_all_faults_are_told_at_once_with_their_cures(shop):
    told = faults(
        shop
        | mail(IMAP_PORT="imaps", OWNERS="bea", LISTEN="8080", TELEGRAM_PER_SECOND="0", SMTP_TLS="none")
        | {"ORDERBOT_TELEGRAM_TOKN": TOKEN}
    )

    assert "ORDERBOT_IMAP_PORT must be a number from 1 to 65535, not 'imaps'" in told
    assert "ORDERBOT_OWNERS must be Telegram user ids, numbers with commas between them, not 'bea'" in told
    assert "ORDERBOT_LISTEN must be HOST:PORT, not '8080'" in told
    assert "ORDERBOT_TELEGRAM_PER_SECOND must be a number above 0, not '0'" in told
    assert "ORDERBOT_TELEGRAM_TOKN is not a setting: did you mean ORDERBOT_TELEGRAM_TOKEN?" in told
    assert any(fault.startswith("ORDERBOT_SMTP_TLS must not be none for smtp.example.com") for fault in told)
    assert len(told) == 6


def test_a_wrong_secret_is_refused_without_being_shown(shop):
    told = faults(shop | telegram(DATABASE="mysql://bea:SECRET@db/shop") | {"ORDERBOT_TELEGRAM_TOKEN": "SECRET token"})

    assert len(told) == 2
    assert "SECRET" not in "".join(told)


def test_what_the_readme_shows_as_an_example_is_told_to_be_none(shop):
    readme = (ROOT / "README.md").read_text()
    shown = dict(re.findall(r"^ +(ORDERBOT_\w+)=(\S+)$", readme, re.MULTILINE))

    told = faults(shop | shown | {"ORDERBOT_SHOP": "shop.yaml"})

    assert "ORDERBOT_TELEGRAM_TOKEN must be what @BotFather gave: digits, a colon, letters and digits" in told
    assert {fault.split()[0] for fault in told} >= {"ORDERBOT_IMAP_PASSWORD", "ORDERBOT_SMTP_PASSWORD"}


def test_settings_in_a_log_or_an_error_show_no_secret(shop):
    settings = load_settings(
        shop | telegram() | mail(SMTP_USER="s", SMTP_PASSWORD="SECRET smtp", DATABASE="postgresql://a:SECRET@db/shop")
    )

    assert "SECRET" not in repr(settings)
    assert set(settings.secrets()) >= {TOKEN, "SECRET imap", "SECRET%20imap", "SECRET smtp", "SECRET"}


@pytest.mark.parametrize("name", ["IMAP_TLS", "SMTP_TLS"])
def test_mail_without_tls_stays_on_this_machine(shop, name):
    assert "only mail on this machine" in faults(shop | mail(**{name: "none"}))[0]

    here = mail(IMAP_HOST="127.0.0.1", SMTP_HOST="localhost", **{name: "none"})
    assert load_settings(shop | here).mailbox.host == "127.0.0.1"


@pytest.mark.parametrize("name", ["TELEGRAM_API", "TELEGRAM_FILES", "WEBHOOK"])
def test_plain_http_stays_on_this_machine(shop, name):
    assert "(http:// only on this machine)" in faults(shop | telegram(**{name: "http://192.0.2.1:8081"}))[0]

    assert load_settings(shop | telegram(**{name: "http://[::1]:8081"}))


@pytest.mark.parametrize("address", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"])
def test_another_bot_api_server_keeps_its_files_beside_it(shop, address):
    settings = load_settings(shop | telegram(TELEGRAM_API=address))

    assert settings.telegram.api == "http://127.0.0.1:8081"
    assert settings.telegram.files == "http://127.0.0.1:8081/file"


def test_people_are_numbers_with_commas(shop):
    settings = load_settings(shop | telegram(OWNERS="1", STAFF=" 2, 3 ,", STAFF_CHAT="-100500"))

    assert (settings.telegram.owners, settings.telegram.staff) == ((1,), (2, 3))
    assert settings.telegram.staff_chat == -100500


def test_a_mailbox_that_could_not_answer_is_not_enough(shop):
    told = faults(shop | {"ORDERBOT_IMAP_HOST": "imap.example.com"})

    assert [fault.split(" is missing")[0] for fault in told] == [
        "ORDERBOT_IMAP_USER",
        "ORDERBOT_IMAP_PASSWORD",
        "ORDERBOT_SMTP_HOST",
        "ORDERBOT_MAIL_FROM",
    ]


def test_half_a_login_for_sending_is_a_fault(shop):
    assert "set both or neither" in faults(shop | mail(SMTP_USER="shop"))[0]


def test_the_first_start_needs_the_shop_file_and_later_ones_do_not(shop, tmp_path):
    shop["ORDERBOT_SHOP"] = "gone.yaml"
    assert "no such file" in faults(shop | telegram())[0]

    (tmp_path / "orderbot.db").touch()
    assert load_settings(shop | telegram())


def test_a_command_that_only_looks_needs_no_channel_but_nothing_wrong(shop):
    assert load_settings({}, to_run=False).database == "sqlite:///orderbot.db"
    assert faults({"ORDERBOT_DATABASE": "orderbot.db"}, to_run=False)


def test_an_empty_value_is_as_good_as_none(shop):
    assert load_settings(shop | telegram(TELEGRAM_API="", IMAP_HOST="")).mailbox is None


def test_the_environment_wins_over_the_file(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"ORDERBOT_TELEGRAM_TOKEN={TOKEN}\nORDERBOT_LISTEN=127.0.0.1:1\nOTHER=x\n")
    monkeypatch.setenv("ORDERBOT_LISTEN", "[::1]:0")

    settings = load_settings()

    assert settings.telegram.token.get_secret_value() == TOKEN
    assert (settings.listen.host, settings.listen.port) == ("::1", 0)


def test_a_slip_in_the_file_is_found_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("ORDERBOT_IMAP_HOSTS=imap.example.com\n")

    assert "ORDERBOT_IMAP_HOSTS is not a setting: did you mean ORDERBOT_IMAP_HOST?" in faults(None)
