"""May the From address be believed? Only our own server's Authentication-Results say so (RFC 8601)."""

import ipaddress
import re

from core.frozen import frozen
from handlers.reading.mail_headers import Headers, addresses, values

LONGEST = 10_000


@frozen
class _Result:
    """One "dkim=pass header.d=example.org"."""

    method: str
    result: str
    properties: dict[str, str]


def is_authenticated(headers: Headers, authserv: str | None) -> bool:
    """DMARC passed for the From domain, or an aligned DKIM or SPF pass; False where no server is trusted."""
    if not authserv or len(values(headers, "from")) != 1:
        return False
    senders = addresses(headers, "from")
    if len(senders) != 1:
        return False
    domain = _domain(senders[0][1])
    results = _trusted_results(headers, authserv)
    for result in results:
        if result.method == "dmarc" and result.result in ("pass", "fail"):
            return result.result == "pass" and _domain(result.properties.get("header.from", "")) == domain
    return any(_aligned_pass(result, domain) for result in results)


def _aligned_pass(result: _Result, domain: str) -> bool:
    names = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}.get(result.method, ())
    return result.result == "pass" and any(_aligned(_domain(result.properties.get(name, "")), domain) for name in names)


def _aligned(signer: str, sender: str) -> bool:
    """Equal, or one below the other. Stricter than DMARC's organisational domain, and needs no list of suffixes."""
    if signer == sender:
        return bool(signer)
    upper, lower = sorted((signer, sender), key=len)
    return "." in upper and lower.endswith("." + upper)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().rstrip(".").lower()


def _trusted_results(headers: Headers, authserv: str) -> list[_Result]:
    """The topmost results of our server, if they stand above the hop that took the mail from outside."""
    for name, value in headers:
        if name == "received" and not _is_inner_hop(value):
            return []
        if name == "authentication-results":
            identity, _, rest = _without_comments(value[:LONGEST]).partition(";")
            if identity.split()[:1] == [authserv] or identity.split()[:1] == [authserv.lower()]:
                return [result for text in rest.split(";") if (result := _result(text)) is not None]
    return []


def _is_inner_hop(received: str) -> bool:
    """A hand-over inside our own server: by LMTP, or from the machine itself."""
    source, _, target = received.partition(" by ")
    if re.search(r"\bwith LMTPS?A?\b", target):
        return True
    # The last bracket holds the address that our server saw; what stands before it was said by the other side.
    seen = re.findall(r"\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]", source)
    try:
        return bool(seen) and ipaddress.ip_address(seen[-1]).is_loopback
    except ValueError:
        return False


def _without_comments(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += character == "("
        if depth == 0:
            kept.append(character)
        depth -= character == ")" and depth > 0
    return "".join(kept)


def _result(text: str) -> _Result | None:
    pairs = re.findall(r'([\w.-]+)\s*=\s*("[^"]*"|[^\s;]+)', text)
    if not pairs:
        return None
    (method, result), *properties = [(name.lower(), said.strip('"').lower()) for name, said in pairs]
    return _Result(method, result, dict(properties))
