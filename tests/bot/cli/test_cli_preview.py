"""`orderbot preview`: the words of every notice, before anybody gets them."""

from tests.bot.cli.commands import orderbot


def test_a_preview_shows_a_notice_in_the_language_asked_for():
    assert "[#1001-K7QM]" in orderbot("preview", "order_accepted").out
    assert "angenommen" in orderbot("preview", "order_accepted", "--language", "de").out


def test_the_staffs_notices_can_be_previewed_in_any_language_too():
    english, german = (orderbot("preview", "staff_reminder", "--language", code).out for code in ("en", "de"))

    assert english != german


def test_a_preview_can_be_of_one_channel_alone():
    assert [said["channel"] for said in orderbot("preview", "order_ready", "--json").objects] == ["mail", "telegram"]
    (said,) = orderbot("preview", "order_ready", "--channel", "telegram", "--json").objects
    assert (said["channel"], said["subject"]) == ("telegram", "")


def test_the_owners_own_texts_are_previewed(place):
    (place / "texts/en").mkdir(parents=True)
    (place / "texts/en/order_ready.txt").write_text("Come and get it, {{ order.number }}!")

    assert "Come and get it, 1001!" in orderbot("preview", "order_ready", "--channel", "mail").out


def test_without_a_name_all_notices_are_listed():
    names = orderbot("preview").out.splitlines()

    assert {"order_accepted", "staff_card", "refused_out_of_stock"} <= set(names)


def test_a_notice_that_is_not_there_is_wrong_use_with_a_hint():
    said = orderbot("preview", "order_acepted")

    assert said.code == 2
    assert "order_accepted" in said.err


def test_a_channel_that_a_notice_does_not_have_is_wrong_use():
    said = orderbot("preview", "staff_card", "--channel", "mail")

    assert said.code == 2
    assert "by telegram only" in said.err


def test_an_own_text_that_cannot_be_said_is_told_in_a_line(place):
    (place / "texts/en").mkdir(parents=True)
    (place / "texts/en/order_ready.txt").write_text("{{ ordr.number }} is ready")

    said = orderbot("preview", "order_ready")

    assert said.code == 1
    assert "order_ready cannot be said: 'ordr' is undefined" in said.err


def test_a_language_without_texts_is_wrong_use():
    said = orderbot("preview", "order_ready", "--language", "fr")

    assert said.code == 2
    assert "no texts in 'fr'" in said.err
