"""`orderbot read`: a line in, an object out, whatever the line holds."""

import json
import subprocess
import sys

from tests.bot.cli.commands import EXAMPLE, ROOT, orderbot

MAIL = (
    b"From: Carl <carl@carl.example>\r\nTo: shop@shop.example\r\nSubject: order\r\nMessage-ID: <1@carl.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nPlease send me two jars of honey.\r\n"
)


def read(*lines, **options):
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    said = orderbot("read", "--shop", str(EXAMPLE), *arguments, given="".join(f"{line}\n" for line in lines))
    assert said.code == 0
    return said.objects


def test_an_order_is_its_lines_with_their_options():
    (answer,) = read("2 margheritas, large with extra mushrooms and no onions")

    assert answer == {
        "lines": [
            {
                "sku": "margherita",
                "quantity": 2,
                "options": [
                    {"group": "size", "value": "large", "amount": "regular", "count": 1},
                    {"group": "topping", "value": "mushrooms", "amount": "extra", "count": 1},
                    {"group": "topping", "value": "onions", "amount": "none", "count": 1},
                ],
            }
        ],
        "unread": [],
        "questions": [],
    }


def test_what_is_not_on_the_menu_is_unread():
    (answer,) = read("a coke and a unicorn")

    assert [line["sku"] for line in answer["lines"]] == ["coke"]
    assert answer["unread"] == ["unicorn"] or answer["unread"] == ["a unicorn"]


def test_a_doubt_is_a_question_in_words():
    (answer,) = read("two pizzas please")

    assert answer["lines"] == []
    assert all(isinstance(question, str) for question in answer["questions"])
    assert "margherita" in answer["questions"][0]


def test_every_line_gets_its_answer_even_an_empty_one():
    answers = read("a coke", "", "🙈" * 10_000, "a coke")

    assert [len(answer["lines"]) for answer in answers] == [1, 0, 0, 1]


def test_bytes_that_are_no_text_are_a_message_like_any_other():
    said = orderbot("read", "--shop", str(EXAMPLE), given=b"a coke \xff\xfe\na coke\r\n")

    assert [answer["lines"][0]["sku"] for answer in said.objects] == ["coke", "coke"]


def test_the_customers_language_may_be_given():
    (answer,) = read("zwei große margherita ohne zwiebeln", language="de")

    (line,) = answer["lines"]
    assert (line["sku"], line["quantity"]) == ("margherita", 2)
    assert ("onions", "none") in [(option["value"], option["amount"]) for option in line["options"]]


def test_an_answer_comes_before_the_next_line_is_written():
    program = [sys.executable, "-c", "from bot.cli import main; main()", "read", "--shop", str(EXAMPLE)]
    with subprocess.Popen(program, cwd=ROOT, stdin=-1, stdout=-1) as reader:
        for quantity in (2, 3):
            reader.stdin.write(f"{quantity} cokes\n".encode())
            reader.stdin.flush()
            assert json.loads(reader.stdout.readline())["lines"][0]["quantity"] == quantity
        reader.communicate(timeout=60)


def test_a_shop_file_with_faults_is_told_fault_by_fault(place):
    (place / "shop.yaml").write_text("shop: {name: Bea}\n")

    said = orderbot("read", given="a coke\n")

    assert said.code == 1
    assert said.out == ""
    assert said.err.count("shop.yaml: line") == 3


def test_a_mail_is_explained_with_its_file(place):
    (place / "order.eml").write_bytes(MAIL)

    said = orderbot("read", "--shop", str(EXAMPLE), "--mail", given="order.eml\n")

    (answer,) = said.objects
    assert (answer["file"], answer["kind"], answer["answer"]) == ("order.eml", "customer", True)
    assert [(line["sku"], line["quantity"]) for line in answer["lines"]] == [("honey", 2)]


def test_a_mail_of_our_own_is_known_by_the_settings(place):
    (place / "own.eml").write_bytes(MAIL.replace(b"carl@carl.example>", b"shop@shop.example>"))
    env = {"ORDERBOT_MAIL_FROM": "shop@shop.example"}

    said = orderbot("read", "--shop", str(EXAMPLE), "--mail", given="own.eml\n", env=env)

    assert said.objects[0]["answer"] is False


def test_a_mail_that_cannot_be_opened_is_broken_and_the_next_is_read(place):
    (place / "order.eml").write_bytes(MAIL)

    said = orderbot("read", "--shop", str(EXAMPLE), "--mail", given="gone.eml\norder.eml\n")

    gone, order = said.objects
    assert (gone["file"], gone["kind"]) == ("gone.eml", "broken")
    assert "No such file" in gone["error"]
    assert order["kind"] == "customer"


def test_a_language_without_words_is_wrong_use():
    said = orderbot("read", "--shop", str(EXAMPLE), "--language", "klingon", given="2 cokes\n")

    assert said.code == 2
    assert "read are de, en, es, fr, it" in said.err
