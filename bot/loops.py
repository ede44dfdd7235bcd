"""What runs until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable

Loop = Callable[[asyncio.Event], Awaitable[None]]
"""Works until the event is set."""
