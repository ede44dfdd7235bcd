"""Pickup or delivery, address, phone, note, name: taken out of the text, and never read as goods."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.wishes import read_wishes

ROME = ZoneInfo("Europe/Rome")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


def wishes(text):
    return read_wishes(text, now=NOON, zone=ROME, languages=("en", "de")).wishes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'll pick it up", "pickup"),
        ("for takeaway please", "pickup"),
        ("wird abgeholt", "pickup"),
        ("ich hole es ab", "pickup"),
        ("please deliver", "delivery"),
        ("with home delivery", "delivery"),
        ("bitte liefern", "delivery"),
        ("can you ship it", "shipping"),
        ("please send it by post", "shipping"),
        ("bitte per Post", "shipping"),
        ("two lasagne", None),
    ],
)
def test_the_kind_of_handing_over_is_read(text, kind):
    assert wishes(text).kind == kind


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("deliver to 9 Harbour Street", "9 Harbour Street"),
        ("two wines to 9 harbour street, flat 4 please", "9 harbour street, flat 4"),
        ("deliver it to 9 Harbour Street, Bristol BS1 4RN, thanks", "9 Harbour Street, Bristol BS1 4RN"),
        ("Lieferung an die Rosenstr. 14, 50667 Köln bitte", "Rosenstr. 14, 50667 Köln"),
        ("bitte liefern: Am Alten Graben 3a, 3. Stock", "Am Alten Graben 3a, 3. Stock"),
        ("wir wohnen in der Lindenallee 7", "Lindenallee 7"),
        (
            "Address:\nBea Rossi\n9 Harbour Street\nBS1 4RN Bristol\n\nThank you",
            "Bea Rossi, 9 Harbour Street, BS1 4RN Bristol",
        ),
        ("Lieferadresse: Rosenstr. 14, 50667 Köln\n2 x Wein", "Rosenstr. 14, 50667 Köln"),
    ],
)
def test_an_address_is_kept_as_written(text, address):
    assert wishes(text).address == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("two wines, deliver to via dante 4", "via dante 4"),
        ("one wine to viale trento 12b, 39100 bolzano please", "viale trento 12b, 39100 bolzano"),
        ("una lasagne, Vicolo Stretto 3", "Vicolo Stretto 3"),
        ("bring it to Piazza Erbe 9, 2nd floor", "Piazza Erbe 9, 2nd floor"),
        ("in die Via dell'Olmo 3/A, 39012 Meran", "Via dell'Olmo 3/A, 39012 Meran"),
        ("rue de la Poste 14, 67000 Strasbourg", "rue de la Poste 14, 67000 Strasbourg"),
        ("14 rue de la Poste, 67000 Strasbourg", "14 rue de la Poste, 67000 Strasbourg"),
        ("deliver to Calle Nueva 8", "Calle Nueva 8"),
        ("two wines to Via Dante 4 Merano", "Via Dante 4 Merano"),
        ("Via Dante 4\n39012 Merano\nItaly\n\n2 lasagne", "Via Dante 4, 39012 Merano, Italy"),
        ("to via dante, 2 lasagne", None),
        ("send the bill via email 2 times", None),
        ("to place an order for 2", None),
    ],
)
def test_a_street_may_be_named_behind_its_kind(read, text, address):
    assert read(text).wishes.address == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1 Wein per Post an Ida Vogel, Rosenstr. 14, 50667 Köln", "Ida Vogel, Rosenstr. 14, 50667 Köln"),
        ("two wines shipped to\nIda Vogel, Rosenweg 4, 50667 Köln", "Ida Vogel, Rosenweg 4, 50667 Köln"),
        ("2 Wein an Dr. Ida von Vogel-Maier,\nRosenweg 4", "Dr. Ida von Vogel-Maier, Rosenweg 4"),
        ("Lieferung an Ida Klein, Rosenweg 4: 2 Wein", "Ida Klein, Rosenweg 4"),
        ("2 Wein\nIda Vogel\nRosenweg 4\n50667 Köln", "Ida Vogel, Rosenweg 4, 50667 Köln"),
        ("Guten Tag\nRosenweg 4, 50667 Köln", "Rosenweg 4, 50667 Köln"),
    ],
)
def test_the_name_before_a_street_is_a_part_of_the_address(read, text, address):
    understood = read(text)

    assert understood.wishes.address == address
    assert understood.reading.unread == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ein Wein an die Dr.-Huber-Gasse 5 in 39012 Meran, heute um 20 Uhr", "Dr.-Huber-Gasse 5 in 39012 Meran"),
        ("ein Wein, St.-Anna-Straße 5", "St.-Anna-Straße 5"),
        ("zwei Wein an die Rosenstraße 5 in Meran bitte", "Rosenstraße 5 in Meran"),
        ("two wines to 5 Rose Street in 39012 Merano at 8", "5 Rose Street in 39012 Merano"),
        ("two wines to 12 Mill Lane in Leeds LS1 4AP", "12 Mill Lane in Leeds LS1 4AP"),
        ("ein Wein, bitte liefern nach Lana, Rosenstraße 3, 39011", "Lana, Rosenstraße 3, 39011"),
        ("ein Wein in 39011 Lana, Rosenstraße 3", "39011 Lana, Rosenstraße 3"),
        ("one wine and two gnocchi to Lana, 12 Mill Lane", "Lana, 12 Mill Lane"),
        ("ein Wein und zwei Gnocchi, Unterdorf 7, 39012 Meran", "Unterdorf 7, 39012 Meran"),
        ("a wine, delivery to Unterdorf 7 at 8", "Unterdorf 7"),
        ("ein Wein, Lieferung nach Unterdorf 7 um 20 Uhr", "Unterdorf 7"),
        ("one wine\nIda Vogel\nUnterdorf 7\n39012 Meran", "Ida Vogel, Unterdorf 7, 39012 Meran"),
        ("a wine to Ida 2 gnocchi to Max", None),
        ("zwei Wein, Lieferung nach Hause 2 Gnocchi", None),
    ],
)
def test_a_number_in_a_street_counts_no_goods_and_its_town_is_a_part_of_it(read, text, address):
    understood = read(text)

    assert understood.wishes.address == address
    assert understood.reading.unread == ()
    assert {line.quantity for line in understood.reading.lines} <= {1, 2}


@pytest.mark.parametrize("text", ["ein Wein rosengässchen 5", "a wine unterdorf 7"])
def test_a_number_behind_a_word_that_nobody_knows_counts_nothing_before_it(read, text):
    reading = read(text).reading

    assert [(line.sku, line.quantity) for line in reading.lines] == [("wine", 1)]
    assert reading.unread == (" ".join(text.split()[2:]),)


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("deliver to Via Dante 4 Gnocchi", ["gnocchi"]),
        ("deliver to 9 Harbour Street, Gnocchi, Lemonade", ["gnocchi", "lemonade"]),
        ("Zwei Wein bitte Rosenstr. 14, 50667 Köln", ["wine"]),
        ("2 Wein, deliver to\nLarge Lasagne, Rosenstr. 14, 50667 Köln", ["wine", "lasagne"]),
        ("2 Wein\nLasagne Large\nRosenstr. 14, 50667 Köln", ["wine", "lasagne"]),
        ("for delivery to Via Dante 4, 39100 Bolzano, and 1 lasagne", ["lasagne"]),
    ],
)
def test_goods_beside_an_address_are_no_part_of_it(read, text, skus):
    understood = read(text)

    assert understood.wishes.address is not None
    assert [line.sku for line in understood.reading.lines] == skus
    assert understood.reading.unread == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("zwei Wein nach Hamburg", "shipping"),
        ("zwei Wein per Post nach Bad-Tölz bitte", "shipping"),
        ("two wines to Glasgow by post", "shipping"),
        ("zwei Wein nach Wahl", None),
        ("two wines to Glasgow", None),
    ],
)
def test_a_town_far_away_means_the_post(read, text, kind):
    assert read(text).wishes.kind == kind


@pytest.mark.parametrize(
    "text", ["2 lasagne", "bring 2 lemonades", "Bring 2 Wein", "1 rocky road and 2 wines", "two wines at 7"]
)
def test_goods_are_no_address(text):
    assert wishes(text).address is None


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("my phone is 0117 496 0123", "0117 496 0123"),
        ("Tel.: 0221 / 555 01-23", "0221 / 555 01-23"),
        ("call me on +44 117 496 0123 please", "+44 117 496 0123"),
        ("+39 06 6988 3145 is mine", "+39 06 6988 3145"),
        ("12 lasagne", None),
    ],
)
def test_a_phone_number_is_kept_as_written(text, phone):
    assert wishes(text).phone == phone


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("One wine. Please ring twice.", "Please ring twice."),
        ("note: the gate is green", "the gate is green"),
        ("Hinweis: Hund im Hof", "Hund im Hof"),
        ("bitte zweimal klingeln", "bitte zweimal klingeln"),
        ("please leave it at the door, and 2 wines", "please leave it at the door"),
        ("Note: -", None),
    ],
)
def test_a_note_is_kept_and_goods_after_it_are_not_part_of_it(text, note):
    assert wishes(text).note == note


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Bea Rossi", "Bea Rossi"),
        ("Name: Carl Vogt", "Carl Vogt"),
        ("auf den Namen Vogt", "Vogt"),
        ("one wine", None),
    ],
)
def test_a_name_is_read_where_it_is_said(text, name):
    assert wishes(text).name == name


def test_the_numbers_of_wishes_are_never_quantities(read):
    understood = read(
        "2 lasagne to 9 Harbour Street, BS1 4RN Bristol at 7pm, my phone is 0117 496 0123, please ring 3 times"
    )

    assert [(line.sku, line.quantity) for line in understood.reading.lines] == [("lasagne", 2)]
    assert understood.reading.unread == ()
    assert understood.wishes.kind == "delivery"


def test_a_time_that_is_over_is_wished_all_the_same_so_that_it_can_be_told(read):
    understood = read("one wine, today at 9am")

    assert understood.wishes.wished is not None
    assert understood.wishes.wished.strftime("%d.%m. %H:%M") == "21.11. 09:00"
    assert understood.reading.unread == ()


def test_an_email_form_is_taken_apart():
    read = wishes(
        "Name: Bea Rossi\nEmail: bea@example.org\nPhone: 0117 496 0123\nPick-up: tomorrow 18:30\nNote: no bag"
    )

    assert (read.name, read.phone, read.kind, read.note) == ("Bea Rossi", "0117 496 0123", "pickup", "no bag")
    assert read.wished is not None
    assert read.wished.hour == 18


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("for Tom a wine, for Lisa a gnocchi", ["Tom", "Lisa"]),
        ("für Tom ein Wein, für Lisa eine Lasagne", ["Tom", "Lisa"]),
        ("for tom a wine, for lisa a large gnocchi", ["tom", "lisa"]),
        ("für tom einen wein, für lisa eine lasagne", ["tom", "lisa"]),
        ("for me a wine, tom takes a gnocchi", ["", "tom"]),
        ("a wine and a gnocchi for Tom, a lemonade for Lisa", ["", "Tom", "Lisa"]),
        ("Tom wants a wine and everyone a lemonade, and the kids two small lasagne", ["Tom", "", ""]),
        ("Tom will einen Wein, für die Kinder zwei kleine Lasagne", ["Tom", ""]),
        ("Ann: a wine\nBob: two lasagne\nDee: same as Bob", ["Ann", "Bob", "Dee"]),
        ("Anna: ein Wein\nBernd: zwei Lasagne\nDora: das gleiche wie Anna", ["Anna", "Bernd", "Dora"]),
    ],
)
def test_goods_go_to_whom_they_were_said_of(read, text, whose):
    reading = read(text).reading

    assert [line.for_whom for line in reading.lines] == whose
    assert reading.unread == ()


def test_a_name_that_went_to_no_goods_is_reported(read):
    assert read("2 wines, for Tom").reading.unread == ("Tom",)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "2 lasagne, delivery to\nMichael Brandt\nc/o Schreinerei Brandt\nHinterhof, Gaußstr. 17b\n22765 Hamburg",
            "Michael Brandt, c/o Schreinerei Brandt, Hinterhof, Gaußstr. 17b, 22765 Hamburg",
        ),
        (
            "2 lasagne liefern:\nFa. Holzbau Moser\nz. Hd. Frau Eva Moser\nIndustriezone 7\n39044 Neumarkt",
            "Fa. Holzbau Moser, z. Hd. Frau Eva Moser, Industriezone 7, 39044 Neumarkt",
        ),
        ("Please deliver\n2 lasagne\nHauptstr. 5\n39100 Bozen", "Hauptstr. 5, 39100 Bozen"),
    ],
)
def test_who_and_where_to_ask_above_a_street_is_part_of_the_address(read, text, address):
    understood = read(text)
    assert understood.wishes.address == address
    assert [(line.sku, line.quantity) for line in understood.reading.lines] == [("lasagne", 2)]
    assert not understood.reading.unread


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Deliver to Reschenstr. 30, 39100 Bozen, Eva Thaler, 340 1112223", "340 1112223"),
        ("Deliver to Reschenstr. 30, 39100 Bozen at 20:00. 333 4445556", "333 4445556"),
        ("2 lasagne\nSara Conti - 3475556667", "3475556667"),
    ],
)
def test_a_mobile_number_between_marks_is_the_phone(text, phone):
    assert wishes(text).phone == phone
