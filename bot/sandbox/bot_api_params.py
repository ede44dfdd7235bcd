"""Parameters of a Bot API call: from the query, a form, a multipart body or JSON, read as the type that is needed."""

import json
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from bot.sandbox.telegram_values import ApiError, Json
from core.frozen import frozen

_Json = TypeVar("_Json", dict[str, Any], list[Any])


@frozen(slots=False)
class Upload:
    name: str
    content: bytes


@dataclass
class Params:
    """The values as text, as most clients send them, and uploaded files by their field."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise ApiError.bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def object(self, name: str) -> Json:
        """A JSON object; empty when it is not given."""
        return dict(self._json(name, dict))

    def items(self, name: str) -> list[Any]:
        """A JSON array; empty when it is not given."""
        return list(self._json(name, list))

    def objects(self, name: str) -> list[Json]:
        """A JSON array of objects; empty when it is not given."""
        items = self.items(name)
        if not all(isinstance(item, dict) for item in items):
            raise ApiError.bad_request(f"can't parse {name} JSON object")
        return items

    def _json(self, name: str, kind: type[_Json]) -> _Json:
        try:
            value = json.loads(self.values.get(name) or "null")
        except ValueError:
            value = name
        if value is not None and not isinstance(value, kind):
            raise ApiError.bad_request(f"can't parse {name} JSON object")
        return value or kind()


def read(query: str, content_type: str, body: bytes) -> Params:
    """Parameters of one request; ApiError (400) if its body cannot be read."""
    params = Params(dict(parse_qsl(query)))
    if content_type.startswith("application/json"):
        params.values.update(_from_json(body))
    elif content_type.startswith("application/x-www-form-urlencoded"):
        params.values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    elif content_type.startswith("multipart/form-data"):
        _from_multipart(content_type, body, params)
    return params


def _from_json(body: bytes) -> dict[str, str]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        raise ApiError.bad_request("can't parse request JSON object") from None
    return as_text(values)


def as_text(values: Json) -> dict[str, str]:
    """Each value as a form would carry it: text as it is, all else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def _from_multipart(content_type: str, body: bytes, params: Params) -> None:
    head = BytesHeaderParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n")
    boundary = str(head.get_param("boundary", "")).encode()
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        headers, _, content = part.lstrip(b"\r\n").partition(b"\r\n\r\n")
        field_head = BytesHeaderParser().parsebytes(headers + b"\r\n\r\n")
        name = str(field_head.get_param("name", "", "content-disposition"))
        file_name = field_head.get_filename()
        if file_name is None:
            params.values[name] = content.decode("utf-8", "replace")
        else:
            params.files[name] = Upload(file_name, content)
