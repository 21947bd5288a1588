"""What an exception on the way to MaxoTel means: an outcome code, and whether anything may have been sent.

Imports neither httpx nor anything else that is slow; it knows their exceptions by name.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

# What each exception of httpx and httpcore means: its code when nothing was sent, and when something may have
# been. By name, because the libraries are imported late. A test asserts that none is missing.
FAULTS: dict[str, tuple[str, str]] = {
    "ConnectTimeout": ("connect_timeout", "no_answer"),
    "ReadTimeout": ("connect_timeout", "no_answer"),
    "WriteTimeout": ("connect_timeout", "no_answer"),
    "PoolTimeout": ("connect_timeout", "no_answer"),
    "TimeoutException": ("connect_timeout", "no_answer"),
    "ConnectError": ("api_unreachable", "connection_lost"),
    "ReadError": ("api_unreachable", "connection_lost"),
    "WriteError": ("api_unreachable", "connection_lost"),
    "CloseError": ("api_unreachable", "connection_lost"),
    "NetworkError": ("api_unreachable", "connection_lost"),
    "RemoteProtocolError": ("api_unreachable", "connection_lost"),
    "LocalProtocolError": ("api_unreachable", "connection_lost"),
    "ProtocolError": ("api_unreachable", "connection_lost"),
    "ConnectionNotAvailable": ("api_unreachable", "connection_lost"),
    "TransportError": ("api_unreachable", "connection_lost"),
    "RequestError": ("api_unreachable", "connection_lost"),
    "HTTPError": ("api_unreachable", "connection_lost"),
    "ProxyError": ("proxy_failed", "connection_lost"),
    "UnsupportedProtocol": ("api_unreachable", "connection_lost"),
    "InvalidURL": ("api_unreachable", "connection_lost"),
    "DecodingError": ("api_unreachable", "unexpected_answer"),
    "TooManyRedirects": ("api_unreachable", "unexpected_answer"),
    "HTTPStatusError": ("api_unreachable", "unexpected_answer"),
    "CookieConflict": ("api_unreachable", "unexpected_answer"),
    "StreamError": ("api_unreachable", "connection_lost"),
    "StreamConsumed": ("api_unreachable", "connection_lost"),
    "StreamClosed": ("api_unreachable", "connection_lost"),
    "ResponseNotRead": ("api_unreachable", "connection_lost"),
    "RequestNotRead": ("api_unreachable", "connection_lost"),
}
UNKNOWN_FAULT = ("api_unreachable", "connection_lost")


@dataclass(frozen=True)
class Fault:
    """No whole answer. `sent` is false only when it is certain that no byte left or can still leave."""

    sent: bool
    code: str
    detail: str


class UnusableProxyError(Exception):
    """The machine's proxy setting is not one that this program can use."""


def fault_of(error: Exception, *, sent: bool, by_proxy: bool) -> Fault:
    """The fault that `error` means. `sent`: a first byte may have left; `by_proxy`: a proxy stood between."""
    import ssl

    name = type(error).__name__
    if sent:
        return Fault(True, FAULTS.get(name, UNKNOWN_FAULT)[1], f"the answer was lost ({name})")
    causes = _causes(error)
    if isinstance(error, UnusableProxyError):
        code = "proxy_failed"
    elif any(isinstance(cause, ssl.SSLError) for cause in causes):
        code = "tls_failed"
    elif by_proxy:
        code = "proxy_failed"
    elif any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        code = "dns_failed"
    else:
        code = FAULTS.get(name, UNKNOWN_FAULT)[0]
    return Fault(False, code, f"nothing was sent ({name})")


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what led to it, nearest first."""
    chain: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in chain:
        chain.append(step)
        step = step.__cause__ or step.__context__
    return chain
