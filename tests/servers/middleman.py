"""A middleman between a client and a real server: it listens in, changes what is said, and cuts the line."""

import asyncio
from collections.abc import Callable
from typing import Self

Edit = Callable[[bytes], bytes | None]
"""What becomes of some bytes on their way; None cuts the line instead."""


class Middleman:
    """Used as `async with Middleman(port) as middleman`; clients connect to `middleman.port`.

    `to_server` and `to_client` may be replaced at any time. `heard` is all that clients said.
    """

    def __init__(self, server_port: int, *, to_server: Edit = bytes, to_client: Edit = bytes) -> None:
        self.to_server = to_server
        self.to_client = to_client
        self.heard = b""
        self.connections = 0
        self._server_port = server_port
        self._lines: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()
        await asyncio.gather(*self._lines, return_exceptions=True)
        await self._server.wait_closed()

    def cut(self) -> None:
        """Ends every connection now."""
        for line in self._lines:
            line.cancel()

    async def hears(self, words: bytes, times: int = 1) -> None:
        """Returns when clients have said `words` so often, since the beginning."""
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(lambda: self.heard.count(words) >= times)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        line = asyncio.ensure_future(self._join(reader, writer))
        self._lines.add(line)
        line.add_done_callback(self._lines.discard)
        await asyncio.wait({line})

    async def _join(self, client_reads: asyncio.StreamReader, client_writes: asyncio.StreamWriter) -> None:
        server_reads, server_writes = await asyncio.open_connection("127.0.0.1", self._server_port)
        ways = {
            asyncio.ensure_future(self._pass_on(client_reads, server_writes, self._listen)),
            asyncio.ensure_future(self._pass_on(server_reads, client_writes, self._answer)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for writer in (client_writes, server_writes):
                writer.transport.abort()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, edit: Edit) -> None:
        while said := await reader.read(65536):
            passed = edit(said)
            async with self._changed:
                self._changed.notify_all()
            if passed is None:
                return
            writer.write(passed)
            await writer.drain()

    def _listen(self, said: bytes) -> bytes | None:
        self.heard += said
        return self.to_server(said)

    def _answer(self, said: bytes) -> bytes | None:
        return self.to_client(said)
