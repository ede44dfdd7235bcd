"""What `orderbot bench read` prints, with small numbers. How fast anything is stands nowhere here."""

import io
import json

import pytest

from bot.bench_read import STANDARD_INPUT, Greedy, messages_of, read, texts
from bot.bench_texts import catalogue, orders
from bot.bench_worst import CHARACTERS, cases
from bot.demo import example_shop
from storage.shop_file import load_shop


def test_the_example_shop_and_a_catalogue_are_read_beside_the_greedy_reader():
    printed = [figures for each in texts(None, (), products=60) for figures in read(each, rounds=1)]

    assert [(figures["what"], figures["menu"]) for figures in printed] == [
        (what, menu) for menu in ("example shop", "60 products") for what in ("menu", "reading")
    ]
    assert {"mean_ms", "p99_ms", "ratio", "messages", "words"} <= printed[1].keys()


def test_a_shop_and_messages_of_ones_own_are_read_alone(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_text('two margheritas\n\n{"text": "a coke"}\n')
    said = messages_of(file)
    (each,) = texts(example_shop(), said, products=60)

    assert said == ("two margheritas", "a coke")
    assert [figures["what"] for figures in read(each, rounds=1)] == ["menu", "reading"]


def test_messages_are_read_from_a_pipe_once(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("two margheritas\na coke\n"))
    (each,) = texts(example_shop(), messages_of(STANDARD_INPUT), products=60)

    assert each.messages == ("two margheritas", "a coke")


def test_a_catalogue_has_so_many_names_no_two_alike():
    articles = catalogue(10_000).products

    assert len({article.name["en"] for article in articles}) == 10_000


@pytest.mark.parametrize("menu", [load_shop(example_shop()).menu, catalogue(50)])
def test_orders_are_made_of_the_menu_and_are_the_same_each_time(menu):
    made = orders(menu, 30)

    assert made == orders(menu, 30)
    assert len(set(made)) > 25


def test_the_greedy_reader_takes_the_longest_name_and_the_number_before_it():
    reader = Greedy(load_shop(example_shop()).menu)

    assert reader.read("two margherita pizza and 3 cokes")[0] == (2, "margherita")


def test_each_nasty_text_is_as_long_as_it_says():
    lengths = {name: len(text) for name, text in cases()}

    assert set(lengths.values()) == {CHARACTERS}
    assert json.dumps(lengths)
