"""`orderbot menu`: what a new shop file changes, applied or not at all."""

from tests.bot.cli.commands import BY_MAIL, EXAMPLE, execute, orderbot


def new_file(place, old, new):
    text = EXAMPLE.read_text()
    assert old in text
    (place / "new.yaml").write_text(text.replace(old, new))


def test_what_was_applied_comes_back_byte_for_byte(database, place):
    assert orderbot("menu", "apply").code == 0

    assert orderbot("menu", "export").raw == EXAMPLE.read_bytes()


def test_before_anything_was_applied_there_is_nothing_to_export(database):
    said = orderbot("menu", "export")

    assert said.code == 1
    assert "`orderbot menu apply` keeps one" in said.err


def test_opening_stock_is_booked_once_per_product(database, place):
    orderbot("menu", "apply")
    new_file(place, "stock: 48", "stock: 500")
    first = execute(database, "SELECT sum(quantity), count(*) FROM stock_moves")

    orderbot("menu", "apply", "new.yaml")

    assert first[0][1] > 0
    assert execute(database, "SELECT sum(quantity), count(*) FROM stock_moves") == first
    assert orderbot("audit").code == 0


def test_a_file_that_was_applied_already_is_not_kept_twice(database):
    orderbot("menu", "apply")

    assert orderbot("menu", "apply").out == "nothing new\n"
    assert execute(database, "SELECT count(*) FROM shop_files") == [(1,)]


def test_a_new_price_is_shown_before_it_is_applied(database, place):
    orderbot("menu", "apply")
    new_file(
        place, '[cola, coca-cola, coca cola]\n    price: "2.50"', '[cola, coca-cola, coca cola]\n    price: "3.10"'
    )

    assert [line["after"] for line in orderbot("menu", "diff", "new.yaml", "--json").objects] == ["3.10"]
    assert "2.50 → 3.10" in orderbot("menu", "diff", "new.yaml").out
    assert "2.50 → 3.10" in orderbot("menu", "apply", "new.yaml").out
    assert orderbot("menu", "diff", "new.yaml").out == "nothing new\n"


def test_of_a_faulty_file_nothing_is_applied_and_each_fault_told(database, place):
    orderbot("menu", "apply")
    text = EXAMPLE.read_text().replace("currency: EUR", "currency: EURO").replace("hours:", "hrs:")
    (place / "new.yaml").write_text(text)

    said = orderbot("menu", "apply", "new.yaml")

    assert said.code == 1
    assert said.err.count("new.yaml: line") == 2
    assert orderbot("menu", "export").raw == EXAMPLE.read_bytes()


def test_a_file_that_is_not_there_is_told(database):
    said = orderbot("menu", "diff", "gone.yaml")

    assert said.code == 2
    assert said.err.startswith("gone.yaml cannot be read: No such file or directory; name a file")


def test_a_kept_file_that_cannot_be_read_any_more_is_told_and_replaced(database):
    execute(database, "INSERT INTO shop_files (at, content) VALUES (0, ?)", b"shop: {name: Bea}\n")

    started, checked = orderbot("run", env=BY_MAIL), orderbot("check")
    applied = orderbot("menu", "apply")

    assert started.code == 2
    assert "the kept shop file: line 1, shop.currency: is missing" in started.err
    assert "`orderbot menu apply` puts a mended one in its place" in started.err
    assert "the kept shop file cannot be read any more: shop.currency is missing" in checked.out
    assert applied.code == 0
    assert orderbot("menu", "export").raw == EXAMPLE.read_bytes()


def test_an_opening_count_that_was_changed_later_is_said_to_change_nothing(database, place):
    orderbot("menu", "apply")
    new_file(place, "stock: 48", "stock: 500")

    for command in ("diff", "apply"):
        said = orderbot("menu", command, "new.yaml")
        assert "48 → 500, is the count it began with: nothing changes" in said.err


def test_a_look_beforehand_has_the_warnings_too(database, place):
    new_file(place, "[cola, coca-cola, coca cola]", "[cola, tiramisù]")

    assert "is the name of another product" in orderbot("menu", "diff", "new.yaml").err
