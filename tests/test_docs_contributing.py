"""CONTRIBUTING.md shows code, words, files and make targets that are there; no page links to nothing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text()
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
BLOCKS = re.findall(r"```python\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL)


def without_layout(code):
    return re.sub(r",(?=[)\]}])", "", "".join(code.split()))


@pytest.mark.parametrize(("path", "code"), BLOCKS, ids=[path for path, _ in BLOCKS])
def test_the_code_it_shows_is_the_programs(path, code):
    assert without_layout(code) in without_layout((ROOT / path).read_text())


def test_each_word_is_used_in_the_file_it_names():
    words = re.findall(r"^\| (\w+) \| .* \| `([\w/.]+)` \|$", GUIDE, re.MULTILINE)

    homeless = [word for word, path in words if not re.search(rf"\b{word}s?\b", (ROOT / path).read_text())]
    assert len(words) > 30
    assert homeless == []


def test_every_file_and_folder_it_names_is_there():
    named = re.findall(r"`((?:bot|core|docs|handlers|storage|templates|tests)/[\w/.]*)`", GUIDE)

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_it_tells_every_make_target():
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(re.findall(r"^\| `make (\w+)` \|", GUIDE, re.MULTILINE)) == set(targets) - {"help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_links_only_to_what_is_there(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []
