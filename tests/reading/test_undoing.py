"""What says that the last step of a draft is to be taken back, in each language that is read."""

import pytest

from handlers.reading.clauses import bare
from handlers.reading.wordings import wordings

SAID = {
    "en": (
        "undo",
        "undo that",
        "please undo the last change",
        "go back",
        "take the last one off again",
        "as it was before",
    ),
    "de": ("rückgängig", "mach das rückgängig", "das letzte wieder weg", "einen Schritt zurück", "wieder wie vorher"),
    "es": ("deshacer", "deshaz lo último", "vuelve atrás", "quita lo último"),
    "fr": ("défaire", "annule la dernière modification", "retour en arrière", "comme avant"),
    "it": ("torna indietro", "annulla l'ultima modifica", "togli l'ultimo", "come prima"),
}
OTHERWISE = {
    "en": ("undo the pizza", "go", "the last margherita off", "before eight", "back to pickup"),
    "de": ("das letzte Bier weg", "die letzte Margherita ohne Basilikum", "zurück zur Abholung"),
    "es": ("quita el queso",),
    "fr": ("annule la commande",),
    "it": ("togli il formaggio", "annulla l'ordine"),
}


@pytest.mark.parametrize(("language", "words"), [(code, words) for code, each in SAID.items() for words in each])
def test_it_is_taken_back(language, words):
    assert wordings("edits", "undoes", (language,)).fullmatch(bare(words, (language,)))


@pytest.mark.parametrize(("language", "words"), [(code, words) for code, each in OTHERWISE.items() for words in each])
def test_something_else_is_meant(language, words):
    assert not wordings("edits", "undoes", (language,)).fullmatch(bare(words, (language,)))
