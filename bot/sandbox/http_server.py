"""A web server in this process that can go away and come back, and whose connections can be cut."""

import asyncio
import logging
import socket
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.lifespan.off import LifespanOff
from uvicorn.protocols.http.h11_impl import H11Protocol

Lines = dict[tuple[str, int], asyncio.Transport]


def _protocol(lines: Lines) -> type[H11Protocol]:
    class Line(H11Protocol):
        """Keeps the open connections by the caller's address, for cutting them."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if self.client:
                lines[self.client] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            if self.client:
                lines.pop(self.client, None)

    return Line


class HttpServer:
    """Serves `app` on loopback; `port` 0 takes a free one and keeps it over a stop and start."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._app = app
        self.port = port
        self._lines: Lines = {}
        self._server: uvicorn.Server | None = None

    @property
    def is_up(self) -> bool:
        return self._server is not None

    async def start(self) -> None:
        """Open the port (OSError when it is taken); from here on callers are answered."""
        if self._server:
            return
        protocol = _protocol(self._lines)
        quiet = logging.WARNING
        options: dict[str, Any] = {"interface": "asgi3", "log_config": None, "log_level": quiet, "access_log": False}
        config = uvicorn.Config(self._answer, http=protocol, **options)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = LifespanOff(config)
        # Bound here and not by uvicorn, which ends the whole process when the port is taken.
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        # Its start alone: uvicorn's own loop would take this process's signals and wait for callers at the end.
        await server.startup(sockets=[listening])
        self._server = server

    async def stop(self) -> None:
        """Close the port and cut every connection: callers are refused until the next start."""
        if self._server is None:
            return
        server, self._server = self._server, None
        for listening in server.servers:
            listening.close()
        for transport in list(self._lines.values()):
            transport.abort()
        for answering in list(server.server_state.tasks):
            answering.cancel()
        await asyncio.sleep(0)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # At a stop the caller is gone already: nobody is left to hear of an error.
            if self.is_up:
                raise

    async def cut(self, request: Request) -> None:
        """Close the connection of `request` without an answer."""
        client = request.client
        line = self._lines.get((client.host, client.port)) if client else None
        if line is not None:
            line.abort()
        while (await request.receive())["type"] != "http.disconnect":
            continue
