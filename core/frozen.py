"""Values: what is nothing but what it says, and never changes once it is made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, slots: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, /, *, slots: bool = True) -> type[T] | Callable[[type[T]], type[T]]:
    """A dataclass that nobody changes: `@frozen`, or `@frozen(slots=False)` where it has cached properties.

    The type checker guards its fields, not the interpreter: a dataclass that is
    frozen at run time sets each field by a call, a twentieth of an order's time.
    """
    made = dataclass(slots=slots, unsafe_hash=True)
    return made if cls is None else made(cls)
