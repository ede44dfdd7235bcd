import pytest

from tests.mail.doors import Kept


@pytest.fixture
def kept():
    return Kept()
