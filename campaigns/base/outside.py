"""Sending to an address somebody typed: never into our own network, and never waiting long.

The name is looked up once; every address behind it must be public; the connection goes to the one that was looked at,
so a name that answers differently a moment later leads nowhere else. Redirects are not followed, proxies of the
environment are ignored. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import ipaddress
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, getaddrinfo, socket
from ssl import SSLSocket, create_default_context
from threading import Event, Timer
from urllib.parse import urlsplit

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 behind a translator
CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 10.0


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
        found = getaddrinfo(host, port, type=SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed("unknown") from None
    addresses = [str(row[4][0]) for row in found]
    if not addresses:
        raise NotAllowed("unknown")
    if not private and not all(_is_public(address) for address in addresses):
        raise NotAllowed("private")
    return Target(scheme, host, port, path, addresses[0])


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer; what else it says is not read. Raises `Unreachable`, `TOTAL_SECONDS` after the
    connection stands at the latest: a receiver that sends byte after byte holds nobody longer.
    """
    late = Event()
    try:
        with closing(_line(target)) as line:
            ends = Timer(TOTAL_SECONDS, _hang_up, [line, late])
            ends.start()
            try:
                status = _asked(target, line, body, headers)
            finally:
                ends.cancel()
    except (HTTPException, OSError, ValueError) as error:
        raise Unreachable("TooLate" if late.is_set() else type(error).__name__) from error
    if late.is_set():  # what was cut off may read like a whole answer
        raise Unreachable("TooLate")
    return status


def _line(target: Target) -> socket:
    """Over TLS the name that was typed must be the one on the certificate, whatever address it led to."""
    line = create_connection((target.address, target.port), CONNECT_SECONDS)
    if target.scheme == "http":
        return line
    trusted = create_default_context()
    return trusted.wrap_socket(line, server_hostname=target.host, do_handshake_on_connect=False)


def _asked(target: Target, line: socket, body: bytes, headers: Mapping[str, str]) -> int:
    if isinstance(line, SSLSocket):
        line.do_handshake()
    asking = HTTPConnection(target.host, target.port)
    asking.sock = line
    asking.request(
        "POST", target.path, body, {**headers, "Host": _host_header(target), "Connection": "close"}
    )
    return asking.getresponse().status


def _hang_up(line: socket, late: Event) -> None:
    late.set()
    with suppress(OSError):  # it is over already
        line.shutdown(SHUT_RDWR)


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


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.scheme == "https" else 80
    return host if target.port == usual else f"{host}:{target.port}"
