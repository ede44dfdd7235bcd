"""The states of a learned word."""

from core.learning import WORD, WordState


def test_each_state_of_a_word_has_a_row_and_follows_from_a_proposal():
    found, new = set[WordState](), {WordState.PROPOSED}
    while new:
        found |= new
        new = {after for state in new for after in WORD[state]} - found

    assert found == set(WORD) == set(WordState)


def test_what_was_once_decided_is_no_proposal_again():
    assert all(WordState.PROPOSED not in after for after in WORD.values())
