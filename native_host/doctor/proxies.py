"""By which way MaxoTel is reached: the proxy in use, and those of the computer that the helper cannot use.

The helper takes fixed proxies from the environment, the Windows registry and macOS's network settings. It
runs no proxy scripts (PAC) and knows no sign-in by NTLM or Kerberos; both are named here.
"""

from __future__ import annotations

import configparser
import re
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from native_host.browsers.machine import Machine
from native_host.doctor.findings import Finding

_TOOL_TIMEOUT_S = 2.0
_PROXY_TIMEOUT_S = 3.0
_MAX_ANSWER_BYTES = 16 * 1024
_INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_SCRIPT = re.compile(r"\.pac\b|wpad", re.IGNORECASE)
_KDE_SCRIPT, _KDE_DISCOVERY, _KDE_FIXED = "2", "3", "1"
_MEND = (
    "set the environment variable https_proxy to your proxy's address, or ask your network's administrator "
    "to let {host} through without it."
)


def proxy_in_use(base_url: str) -> str | None:
    """The proxy that requests to this address take, without any password in it; `None` if there is none."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if not proxy:
        return None
    found = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return f"{found.scheme}://{found.hostname}" + (f":{found.port}" if found.port else "")


def proxy_lines(base_url: str, machine: Machine) -> Iterator[Finding]:
    """Each proxy setting of this computer that the helper cannot follow."""
    host = urlsplit(base_url).hostname or ""
    mend = _MEND.format(host=host)
    for where in _scripts(machine):
        text = f"This computer finds its proxy by a script ({where}), which the helper cannot run."
        yield Finding("proxy", "warning", f"{text} If {host} cannot be reached: {mend}")
    proxy = proxy_in_use(base_url)
    desktop = _fixed_proxy_of_desktop(machine)
    if desktop and not proxy:
        text = f"The helper does not see the desktop's proxy ({desktop})."
        text += f" If {host} cannot be reached: {mend}"
        yield Finding("proxy", "warning", text)
    kinds = sign_in_kinds(proxy, host) if proxy else []
    unusable = [kind for kind in kinds if kind in ("NTLM", "Negotiate")]
    if unusable and "Basic" not in kinds:
        text = (
            f"The proxy {proxy} wants a sign-in by {' or '.join(unusable)}, which the helper does not know."
        )
        ask = f"Ask your network's administrator to let {host} through without sign-in."
        yield Finding("proxy", "fault", f"{text} {ask}")
    elif kinds:
        text = (
            f"The proxy {proxy} wants a name and password. Put them into https_proxy: http://NAME:PASSWORD@…"
        )
        yield Finding("proxy", "warning", text)


def sign_in_kinds(proxy: str, host: str) -> list[str]:
    """The kinds of sign-in that a proxy offers; empty if it wants none, or does not answer."""
    parts = urlsplit(proxy)
    if parts.scheme != "http" or not parts.hostname:
        return []
    ask = f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode()
    answer = b""
    try:
        with socket.create_connection((parts.hostname, parts.port or 80), _PROXY_TIMEOUT_S) as connection:
            connection.sendall(ask)
            while b"\r\n\r\n" not in answer and len(answer) < _MAX_ANSWER_BYTES:
                piece = connection.recv(4096)
                if not piece:
                    break
                answer += piece
    except OSError:
        return []
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    if not re.match(r"HTTP/1\.[01] 407", head):
        return []
    return re.findall(r"(?im)^proxy-authenticate:\s*([A-Za-z]+)", head)


def _scripts(machine: Machine) -> Iterator[str]:
    for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "auto_proxy"):
        if _SCRIPT.search(machine.environment.get(name, "")) or (
            name == "auto_proxy" and machine.environment.get(name)
        ):
            yield f"the environment variable {name}"
    if machine.platform == "win32":
        settings = machine.registry.read_tree("user", _INTERNET_SETTINGS)
        if settings.get("AutoConfigURL"):
            yield "Windows' setup script"
    elif machine.platform == "darwin":
        said = _answer_of(str(machine.in_system("/usr/sbin/scutil")), "--proxy")
        if re.search(r"ProxyAuto(ConfigEnable|DiscoveryEnable) : 1", said):
            yield "macOS's automatic proxy"
    else:
        if _gnome(machine, "mode") == "auto":
            yield "GNOME's automatic proxy"
        if _kde(machine).get("ProxyType") in (_KDE_SCRIPT, _KDE_DISCOVERY):
            yield "Plasma's automatic proxy"


def _fixed_proxy_of_desktop(machine: Machine) -> str | None:
    """A proxy that browsers take from a Linux desktop; other programs see the environment only."""
    if machine.platform != "linux":
        return None
    if _gnome(machine, "mode") == "manual":
        return "GNOME's network settings"
    return "Plasma's network settings" if _kde(machine).get("ProxyType") == _KDE_FIXED else None


def _gnome(machine: Machine, key: str) -> str:
    tool = machine.in_system("/usr/bin/gsettings")
    return _answer_of(str(tool), "get", "org.gnome.system.proxy", key).strip().strip("'")


def _kde(machine: Machine) -> dict[str, str]:
    file = machine.config_home / "kioslaverc"
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment]  # as the documentation of configparser does it
    try:
        parser.read_string(file.read_text("utf-8"))
        return dict(parser["Proxy Settings"])
    except (OSError, ValueError, KeyError, configparser.Error):
        return {}


def _answer_of(*command: str) -> str:
    if not Path(command[0]).exists():
        return ""
    try:
        return subprocess.run(  # noqa: S603 -- the system's own tools, by their full path
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TOOL_TIMEOUT_S,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
