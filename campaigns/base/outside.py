"""Sending to an address somebody typed: never into our own network, and never waiting long.

The name is looked up once; every address behind it must be public; the connection goes to the one that was looked at,
so a name that answers differently a moment later leads nowhere else. Redirects are not followed, proxies of the
environment are ignored. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 behind a translator
CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0


class NotAllowed(ValueError):
    """No address we send to. `why`: `address`, `scheme`, `port`, `private`, `unknown` (no such name)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Unreachable(Exception):
    """Nothing came back, or it came too late."""


@dataclass(frozen=True)
class Target:
    """Where one sending goes. `address` is the one of `host` that was looked at."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def look_up(url: str, *, private: bool = False) -> Target:
    """Raises `NotAllowed`. `private`: plain HTTP and addresses of our own network are let through, for practice."""
    scheme, host, port, path = _parts(url, private)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed("unknown") from None
    addresses = [str(row[4][0]) for row in found]
    if not addresses:
        raise NotAllowed("unknown")
    if not private and not all(_is_public(address) for address in addresses):
        raise NotAllowed("private")
    return Target(scheme, host, port, path, addresses[0])


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer; what else it says is not read. Raises `Unreachable`."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    try:
        with _pool(target, timeout) as pool:
            sent = dict(headers) | {"Host": _host_header(target)}
            answer = pool.urlopen(
                "POST",
                target.path,
                body=body,
                headers=sent,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            answer.close()
            return answer.status
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _parts(url: str, private: bool) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed("address") from None
    if parts.scheme not in ({"https", "http"} if private else {"https"}):
        raise NotAllowed("scheme")
    if not host or parts.username or parts.password or parts.fragment or any(map(str.isspace, url)):
        raise NotAllowed("address")
    usual = 443 if parts.scheme == "https" else 80
    if port not in {None, usual} and not private:
        raise NotAllowed("port")
    return parts.scheme, host, port or usual, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_public(address: str) -> bool:
    """Whether it lies outside. IPv4 inside IPv6 counts as what it is; tunnels are nothing we send through."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour is not None or ip.teredo is not None or ip in _TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast


def _pool(target: Target, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(target.address, target.port, timeout=timeout, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        target.address,
        target.port,
        timeout=timeout,
        maxsize=1,
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.scheme == "https" else 80
    return host if target.port == usual else f"{host}:{target.port}"
