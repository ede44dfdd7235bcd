"""A Bot API server on loopback: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>, strict like the real one."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.sandbox import bot_api_params
from bot.sandbox.diary import Diary
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.http_server import HttpServer
from bot.sandbox.telegram_bot_side import BotSide
from bot.sandbox.telegram_delivery import deliver
from bot.sandbox.telegram_methods import METHODS, Result
from bot.sandbox.telegram_people import People
from bot.sandbox.telegram_state import TelegramState
from bot.sandbox.telegram_values import ApiError, Json, User

BOT = User(7_204_518_339, "Trattoria", username="trattoria_order_bot", is_bot=True)
TOKEN = f"{BOT.id}:AAF-sandbox-only-0000000000000000000"


class BotApi:
    """`state` is what there is, `people` what persons do, `limits` and `faults` what goes wrong.

    Give python-telegram-bot `base_url=api.base` and `base_file_url=api.files_base`.
    """

    def __init__(self, clock: Clock, diary: Diary | None = None, *, bot: User = BOT, token: str = TOKEN) -> None:
        self.token = token
        self.state = TelegramState(clock, bot, diary)
        self.people = People(self.state)
        self.faults = Faults()
        self._bot = BotSide(self.state)
        self.limits = self._bot.limits
        methods = ["GET", "POST"]
        routes = [
            Route("/file/bot{token}/{path:path}", self._file),
            Route("/bot{token}/{method}", self._call, methods=methods),
        ]
        self._delivery: asyncio.Task[None] | None = None
        self._server = HttpServer(Starlette(routes=routes))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base(self) -> str:
        return f"{self.address}/bot"

    @property
    def files_base(self) -> str:
        return f"{self.address}/file/bot"

    @property
    def is_down(self) -> bool:
        return not self._server.is_up

    async def start(self) -> None:
        await self._server.start()
        self._deliver()

    async def stop(self) -> None:
        """Down: every connection is cut, new ones are refused; `start` brings it back on the same port."""
        await self._server.stop()
        self._deliver()

    def _deliver(self) -> None:
        """Begin or end bringing updates to the webhook."""
        if self._delivery:
            self._delivery.cancel()
        wanted = self.state.webhook and self._server.is_up
        self._delivery = asyncio.create_task(deliver(self.state)) if wanted else None

    async def _file(self, request: Request) -> Response:
        path = request.path_params["path"]
        found = (stored for stored in self.state.files.values() if stored.path == path)
        stored = next(found, None)
        if stored is None or request.path_params["token"] != self.token:
            return _refusal(ApiError(404, "Not Found"))
        return Response(stored.content, media_type="application/octet-stream")

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"].lower()
        fault = self.faults.meet(method)
        if fault is Fault.CUT:
            return await self._cut(request)
        if fault is Fault.ERROR:
            return _refusal(ApiError(500, "Internal Server Error"))
        answer = await self._answer(request, method)
        if fault is Fault.LOST_ANSWER:
            return await self._cut(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.faults.slow_seconds)
        return answer

    async def _answer(self, request: Request, method: str) -> Response:
        try:
            result = await self._result(request, method)
        except ApiError as refusal:
            return _refusal(refusal)
        return JSONResponse({"ok": True, "result": result})

    async def _result(self, request: Request, method: str) -> Result:
        if request.path_params["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        content_type = request.headers.get("content-type", "")
        params = bot_api_params.read(request.url.query, content_type, await request.body())
        result = METHODS[method](self._bot, params)
        if method in ("setwebhook", "deletewebhook"):
            self._deliver()
        return result if isinstance(result, dict | list | bool | int) else await result

    async def _cut(self, request: Request) -> Response:
        await self._server.cut(request)
        return Response()


def _refusal(error: ApiError) -> Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.code)
