"""Copies of records, to see later what became different."""

from collections.abc import Callable
from dataclasses import Field, fields
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Record)


def copier(record: type[T]) -> Callable[[T], T]:
    """Make a way to copy records of one dataclass, as `copy.copy` does, which takes five times as long."""
    values = attrgetter(*(field.name for field in fields(record)))
    make: Callable[..., T] = record

    def twin(one: Any) -> T:
        return make(*values(one))

    return twin
