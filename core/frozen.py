"""Values: what is nothing but what it says, and never changes once it is made."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, slots: bool = True, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None, /, *, slots: bool = True, kw_only: bool = False
) -> type[T] | Callable[[type[T]], type[T]]:
    """A dataclass that nobody changes: `@frozen`, or `@frozen(slots=False)` where it has cached properties.

    The type checker guards its fields, not the interpreter: a dataclass that is
    frozen at run time sets each field by a call, a twentieth of an order's time.
    How two are compared is not compiled for each class: of some three hundred,
    that took an eighth of the time until the bot is ready.
    """

    def make(cls: type[T]) -> type[T]:
        made: Any = dataclass(slots=slots, kw_only=kw_only, repr=False, eq=False)(cls)
        for name, method in _compared_by([each.name for each in fields(made) if each.compare]).items():
            if name not in cls.__dict__:
                setattr(made, name, method)
        kept: type[T] = made
        return kept

    return make if cls is None else make(cls)


def _compared_by(names: list[str]) -> dict[str, Callable[..., Any]]:
    told: Callable[[Any], Any] = attrgetter(*names) if names else type

    def equals(self: Any, other: object) -> Any:
        return told(self) == told(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(told(self))

    return {"__eq__": equals, "__hash__": hashed, "__repr__": _shown}


def _shown(self: Any) -> str:
    said = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({said})"
