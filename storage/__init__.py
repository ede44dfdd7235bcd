"""The shop's memory.

SQLAlchemy's asyncio package loads the whole ORM for sessions that nothing here opens: a thirtieth of the start and
8 MB. Modules that hold nothing stand in for those two, whoever loads the package first.
"""

import sys
from types import ModuleType


class _Unused(ModuleType):
    def __getattr__(self, name: str) -> type[object]:
        """Every name that the package passes on."""
        if name.startswith("__"):
            raise AttributeError(name)
        return object


for _name in ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping"):
    sys.modules.setdefault(_name, _Unused(_name))
