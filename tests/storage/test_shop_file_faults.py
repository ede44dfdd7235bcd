"""A shop file with faults: all of them at once, each with its line and its cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.shop_file import LARGEST_FILE_BYTES, ShopFileError, load_shop, parse_shop

TWENTY_FAULTS = """\
shop:
  currency: EURO
  timezone: Europe/Roma
  languages: [en, de, german]
  taxes_included: perhaps
colour: red
hours:
  mon: 9-17
  funday: closed
  tue: ["09:00-14:00", "13:00-18:00"]
approval: {remind_after_minute: 5, expire_after_minutes: soon}
fulfilment: {drone: {fee: "1.00"}, delivery: {fee: cheap}}
returns: {who_pays: nobody}
categories: [{category: pizza}, {category: drinks}]
option_sets:
  sizes:
    - {group: size, default: lage, values: [{value: small}, {value: large}]}
catalogue:
  - {sku: margherita, name: Margherita, category: piza, price: "8,50"}
  - {sku: coke, price: "2.50", category: drinks, stock: -3}
  - {sku: Coke, name: Cola, price: "2.50", category: drinks}
  - {sku: tea, name: Tea, price: "2.00", aliasses: [chai]}
  - {sku: cake, name: Cake, price: "3.00", options: [{use: size}]}
  - {sku: cake, name: Other cake, options: [{group: g, choose: some, values: []}]}
"""

FAULTS = {
    (1, "shop.name", "add name: and its value"),
    (2, "shop.currency", "did you mean EUR?"),
    (3, "shop.timezone", "did you mean Europe/Rome?"),
    (4, "shop.languages", "write two small letters, such as en or de"),
    (5, "shop.taxes_included", "write true or false"),
    (6, "colour", "known here: "),
    (8, "hours.mon", 'write hours like "11:30-14:30"'),
    (9, "hours.funday", "did you mean sunday?"),
    (10, "hours.tue", "let each span begin after the one before has ended"),
    (11, "approval.remind_after_minute", "did you mean remind_after_minutes?"),
    (11, "approval.expire_after_minutes", "write a number, such as 30"),
    (12, "fulfilment.drone", "known here: pickup, delivery, shipping"),
    (12, "fulfilment.delivery.fee", 'write it like "8.50"'),
    (13, "returns.who_pays", "write customer or shop"),
    (17, "option_sets.sizes[1].default", "did you mean large?"),
    (19, "catalogue[1].category", "did you mean pizza?"),
    (19, "catalogue[1].price", 'write it like "8.50"'),
    (20, "catalogue[2].name", "add name: and what customers call it"),
    (20, "catalogue[2].stock", "write a number, such as 0"),
    (21, "catalogue[3].sku", "give each product its own"),
    (22, "catalogue[4].aliasses", "did you mean aliases?"),
    (23, "catalogue[5].options[1].use", "did you mean sizes?"),
    (24, "catalogue[6].sku", "give each product its own"),
    (24, "catalogue[6].price", "add price: and its value"),
    (24, "catalogue[6].options[1].choose", "write one or many"),
    (24, "catalogue[6].options[1].values", "write values: "),
}


def faults_of(data: bytes | str):
    with pytest.raises(ShopFileError) as refused:
        parse_shop(data.encode() if isinstance(data, str) else data)
    return refused.value.faults


def fault_of(data: bytes | str):
    (fault,) = faults_of(data)
    return fault


def in_shop(text: str) -> str:
    return "shop: {name: Corner, currency: EUR, timezone: Europe/Rome}\n" + text


def in_product(text: str) -> str:
    return in_shop(f"catalogue: [{{sku: a, name: A, price: 1, {text}}}]")


def test_a_file_with_more_than_twenty_faults_tells_all_of_them_with_line_and_cure():
    faults = faults_of(TWENTY_FAULTS)

    found = {(fault.line, fault.where): fault.cure for fault in faults}
    assert len(faults) == len(FAULTS)
    assert found.keys() == {(line, where) for line, where, _ in FAULTS}
    for line, where, cure in FAULTS:
        assert found[line, where].startswith(cure)


def test_faults_come_in_the_order_of_the_lines():
    lines = [fault.line for fault in faults_of(TWENTY_FAULTS)]

    assert lines == sorted(lines)


def test_a_refusal_reads_as_one_line_for_each_fault(tmp_path):
    path = tmp_path / "corner.yaml"
    path.write_text(in_shop("catalogue: [{sku: a, name: A, price: free}]"))

    with pytest.raises(ShopFileError) as refused:
        load_shop(path)

    assert str(refused.value) == (
        "corner.yaml: line 2, catalogue[1].price: 'free' is not an amount of money; write it like \"8.50\""
    )


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"", 1, "is empty"),
        (b"# nothing but a remark\n", 1, "is empty"),
        (b"shop: {name: A}\nname: caf\xe9\n", 2, "is not written in UTF-8"),
        ("shop: x".encode("utf-16"), 1, "is not written in UTF-8"),
        (b"shop: {name: A}\nname: \x00\n", 2, "has the control character '\\x00'"),
        (b"#" * (LARGEST_FILE_BYTES + 1), 1, "is larger than 10,000,000 bytes"),
        (b"shop: {name: A\ncatalogue: []\n", 2, "is not YAML"),
        (b"shop:\n\tname: A\n", 2, "is not YAML"),
        (b'shop: {name: "A}\n', 2, "is not YAML"),
        (b"shop: {}\n---\nshop: {}\n", 2, "begins a second document"),
        (b"? [a, b]\n: c\n", 1, "has a list or a mapping as a key"),
        (b"[" * 100_000, 1, "is nested too deeply"),
        (b"a: " + b"{a: " * 100_000, 1, "is nested too deeply"),
    ],
    ids=range(13),
)
def test_a_file_that_cannot_be_read_says_why_and_where(data, line, what):
    fault = fault_of(data)

    assert fault.line == line
    assert fault.what.startswith(what)
    assert fault.cure


def test_tabs_are_named_where_they_stand_for_blanks():
    assert fault_of(b"shop:\n\tname: A\n").cure == "indent with blanks, never with tabs"


def test_a_bomb_of_aliases_is_refused_alias_by_alias_before_it_grows():
    lines = ["a0: &a0 [x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 50))]

    faults = faults_of("\n".join(lines))

    assert len(faults) == 49 * 9
    assert faults[0].line == 2
    assert "*a0 is not read" in faults[0].what


def test_a_key_that_stands_twice_is_told_with_both_lines():
    fault = fault_of(in_shop("catalogue:\n  - sku: a\n    name: A\n    price: 1\n    price: 2"))

    assert fault.line == 6
    assert fault.what == "stands twice, first in line 5"


def test_a_missing_file_is_a_fault_like_any_other(tmp_path):
    with pytest.raises(ShopFileError) as refused:
        load_shop(tmp_path / "nowhere.yaml")

    assert "No such file" in refused.value.faults[0].what


@pytest.mark.parametrize("text", ["hello", "- a\n- b", "shop", "42"])
def test_what_is_no_mapping_at_all_is_told_so(text):
    assert "keys with values belong here" in {fault.what for fault in faults_of(text)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("price: 1", "stands twice, first in line 2"),
        ("price2: 1", "'price2' is not known"),
        ("stock: 1.5", "'1.5' is no whole number from 0 to 1000000000"),
        ("stock: lots", "'lots' is no whole number from 0 to 1000000000"),
        ("stock: ²", "'²' is no whole number from 0 to 1000000000"),
        ("aliases: {a: b}", "a list belongs here"),
        ("category: [a]", "a single text belongs here"),
        ("fulfilment: [shipping]", "shipping is not offered by the shop"),
        ("fulfilment: [shiping]", "'shiping' is not known"),
        ("options: yes", "a list belongs here"),
        ("options: [size]", "keys with values belong here"),
        ("options: [{group: g}]", "is missing"),
        ("options: [{group: g, values: [a, a]}]", "the value 'a' is there already"),
        ("options: [{group: g, values: [a]}, {group: g, values: [b]}]", "the group 'g' is there already"),
        ("options: [{group: g, values: [a, b], default: c}]", "'c' is none of the values"),
        ("options: [{group: g, values: [a, b], at_most: 2}]", "is more than one, but choose is one"),
        ("options: [{group: g, choose: many, values: [a, b], at_least: 3, at_most: 2}]", "is more than the 2"),
        ("options: [{group: g, values: [{value: a, price: x}]}]", "'x' is not an amount of money"),
        ("options: [{group: g, values: [[a]]}]", "keys with values belong here"),
        ("options: [{use: sizes, group: g}]", "'group' is not known"),
        ("description: " + "x" * 1001, "has 1001 characters"),
    ],
)
def test_each_fault_of_a_product_is_named(text, what):
    assert any(fault.what.startswith(what) for fault in faults_of(in_product(text)))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("catalogue: []", "is empty"),
        ("", "is missing"),
        ("catalogue: {a: b}", "a list belongs here"),
        ("catalogue: [{sku: two words, name: A, price: 1}]", "'two words' is no sku"),
        ('catalogue: [{sku: a, name: A, price: "-1"}]', "'-1' is less than nothing"),
        ("catalogue: [{sku: a, name: A, price: 10000000001}]", "'10000000001' is more than a shop can count"),
        ('catalogue: [{sku: a, name: A, price: "1.005"}]', "'1.005' has more digits than EUR has"),
        ("catalogue: [{sku: a, name: [A], price: 1}]", "a single text belongs here"),
        ("catalogue: [{sku: a, name: {de: A}, price: 1}]", "has no text in en, the first language"),
        ("catalogue: [{sku: a, name: {en: A, fr: B}, price: 1}]", "'fr' is not known"),
        ("catalogue: [{sku: a, name: {en: A, with cheese}, price: 1}]", "'with cheese' is not known"),
        ("catalogue: [~]", "is missing"),
        ("hours: closed", "keys with values belong here"),
        ("hours: {mon: closed, mon-wed: closed}", "monday has hours already"),
        ("hours: {mon: {a: b}}", "a list belongs here"),
        ("hours: {exceptions: {christmas: closed}}", "'christmas' is no date"),
        ("hours: {exceptions: {2026-02-30: closed}}", "'2026-02-30' is no date"),
        ("hours: {exceptions: {2026-03-02 to 2026-03-01: closed}}", "'2026-03-02 to 2026-03-01' is no range of days"),
        ("fulfilment: {pickup: {postcodes: [1]}}", "'postcodes' is not known"),
        ("fulfilment: {}", "offers nothing"),
        ("approval: {accept_minutes: [15, soon]}", "'soon' is no whole number"),
        ("approval: {remind_after_minutes: 40}", "comes when the order has expired, after 30 minutes"),
        ("approval: {reject_reasons: [{de: Zu spät}]}", "has no text in en, the first language"),
        ("drafts: {expire_after_hours: 0}", "'0' is no whole number from 1 to 2160"),
        (
            "drafts: {remind_after_minutes: 60, expire_after_hours: 1}",
            "comes when the draft has expired, after 1 hours",
        ),
        ("limits: {quantity: 0}", "'0' is no whole number from 1 to 1000000"),
        ("categories: [{category: a}, {category: a}]", "'a' is listed already"),
        ("shop: again", "stands twice, first in line 1"),
    ],
)
def test_each_fault_of_a_section_is_named(text, what):
    assert any(fault.what.startswith(what) for fault in faults_of(in_shop(text)))


@given(
    st.integers(min_value=0, max_value=len(TWENTY_FAULTS)),
    st.integers(min_value=0, max_value=20),
    st.text(alphabet=" \n\t-:{}[]\"'*&!%@|>#,~?0aé\x85\u2028€😀", max_size=10),
)
def test_whatever_is_cut_out_or_typed_in_the_answer_is_a_list_of_faults(at, cut, typed):
    faults = faults_of(TWENTY_FAULTS[:at] + typed + TWENTY_FAULTS[at + cut :])

    assert all(fault.line >= 1 and fault.what and fault.cure for fault in faults)


def test_a_product_that_is_no_mapping_is_one_fault_and_not_three():
    assert len(faults_of(in_shop("catalogue: [margherita]"))) == 1


def test_a_text_cut_at_a_comma_is_told_to_stand_in_quotes():
    fault = fault_of(in_shop("catalogue: [{sku: a, name: {en: A, with cheese}, price: 1}]"))

    assert fault.cure == "put a text with a comma in quotes; known here: en"


@pytest.mark.parametrize("key", ["accept_minutes", "reject_reasons"])
def test_a_list_that_was_emptied_does_not_silently_mean_the_usual_one(key):
    fault = fault_of(in_shop(f"catalogue: [{{sku: a, name: A, price: 1}}]\napproval: {{{key}: []}}"))

    assert fault.where == f"approval.{key}"
    assert "leave it out" in fault.cure
