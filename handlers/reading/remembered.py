"""What was worked out once, in a table: a look at it costs half of what a cached function does."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Found = TypeVar("Found")


class Remembered(dict[Asked, Found], Generic[Asked, Found]):
    """What a function says of each key, worked out when it is first asked for: `remembered[key]`.

    A table with `most` keys is emptied before the next one: those that are asked for often are soon back.
    """

    def __init__(self, tell: Callable[[Asked], Found], most: int) -> None:
        super().__init__()
        self._tell = tell
        self._most = most

    def __missing__(self, key: Asked) -> Found:
        found = self._tell(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = found
        return found
