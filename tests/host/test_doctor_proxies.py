"""The doctor names the proxy in use, and the kinds of proxy that the helper cannot follow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from native_host.doctor.proxies import proxy_in_use, proxy_lines, sign_in_kinds
from tests.host.machines import FakeRegistry, a_machine, program, write

MAXO = "https://myapi.maxo.com.au/"
INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@contextmanager
def a_proxy(answer: bytes) -> Iterator[str]:
    """A proxy that gives everybody the same answer, and what it was asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                asked = connection.recv(4096)
                assert asked.startswith(b"CONNECT myapi.maxo.com.au:443 HTTP/1.1\r\n")
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)


def test_the_proxy_in_use_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_in_use(MAXO) is None

    monkeypatch.setenv("https_proxy", "http://anna:secret@proxy.example:3128/")
    assert proxy_in_use(MAXO) == "http://proxy.example:3128"

    monkeypatch.setenv("no_proxy", ".maxo.com.au")
    assert proxy_in_use(MAXO) is None


def test_this_computer_itself_is_never_reached_by_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128/")

    assert proxy_in_use("http://127.0.0.1:8080/") is None


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        (b"HTTP/1.1 200 OK", []),
        (b"HTTP/1.1 403 Forbidden\r\nProxy-Authenticate: NTLM", []),
        (b"HTTP/1.1 407 Wanted\r\nProxy-Authenticate: NTLM", ["NTLM"]),
        (
            b"HTTP/1.0 407 Wanted\r\nproxy-authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=x",
            ["Negotiate", "Basic"],
        ),
        (b"", []),
        (b"\xff" * 20_000, []),
    ],
)
def test_a_proxy_is_asked_which_sign_in_it_wants(head: bytes, kinds: list[str]) -> None:
    with a_proxy(head + b"\r\n\r\n" if head else b"") as proxy:
        assert sign_in_kinds(proxy, "myapi.maxo.com.au") == kinds


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:1080", "https://x", "nonsense"])
def test_a_proxy_that_cannot_be_asked_is_passed_over(proxy: str) -> None:
    assert sign_in_kinds(proxy, "myapi.maxo.com.au") == []


@pytest.mark.parametrize(("kind", "state"), [(b"NTLM", "fault"), (b"Basic", "warning")])
def test_a_sign_in_is_named_as_a_limit_or_with_its_remedy(
    kind: bytes, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_proxy(b"HTTP/1.1 407 Wanted\r\nProxy-Authenticate: " + kind + b"\r\n\r\n") as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        [found] = proxy_lines(MAXO, a_machine(tmp_path))

    assert (found.about, found.state) == ("proxy", state)


def the_script(machine: object) -> str:
    [found] = proxy_lines(MAXO, machine)  # type: ignore[arg-type]  # a Machine
    assert (found.about, found.state) == ("proxy", "warning")
    assert "finds its proxy by a script" in found.text
    return found.text


@pytest.mark.parametrize(
    "variables",
    [{"auto_proxy": "http://company.example/set"}, {"https_proxy": "http://company.example/proxy.pac"}],
)
def test_a_script_in_the_environment_is_named(variables: dict[str, str], tmp_path: Path) -> None:
    machine = a_machine(tmp_path, environment=variables)

    assert f"the environment variable {next(iter(variables))}" in the_script(machine)


def gnome(folder: Path, mode: str) -> None:
    tool = folder / "system" / "usr" / "bin" / "gsettings"
    tool.parent.mkdir(parents=True)
    program(tool, f'[ "$*" = "get org.gnome.system.proxy mode" ] && echo "\'{mode}\'"')


def test_gnomes_automatic_proxy_is_named(tmp_path: Path) -> None:
    gnome(tmp_path, "auto")

    assert "GNOME's automatic proxy" in the_script(a_machine(tmp_path))


@pytest.mark.parametrize("kind", ["2", "3"])
def test_plasmas_automatic_proxy_is_named(kind: str, tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    write(machine.config_home / "kioslaverc", f"[Proxy Settings]\nProxyType={kind}\n")

    assert "Plasma's automatic proxy" in the_script(machine)


def test_windows_setup_script_is_named(tmp_path: Path) -> None:
    registry = FakeRegistry()
    registry.trees["user", INTERNET_SETTINGS] = {"AutoConfigURL": "http://company.example/proxy.pac"}

    assert "Windows' setup script" in the_script(a_machine(tmp_path, "win32", registry=registry))


def test_macoss_automatic_proxy_is_named(tmp_path: Path) -> None:
    tool = tmp_path / "system" / "usr" / "sbin" / "scutil"
    tool.parent.mkdir(parents=True)
    program(tool, '[ "$*" = "--proxy" ] && echo "  ProxyAutoConfigEnable : 1"')

    assert "macOS's automatic proxy" in the_script(a_machine(tmp_path, "darwin"))


def test_a_fixed_proxy_that_only_the_desktop_knows_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gnome(tmp_path, "manual")
    machine = a_machine(tmp_path)

    [found] = proxy_lines(MAXO, machine)
    assert "does not see the desktop's proxy (GNOME's network settings)" in found.text

    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    assert list(proxy_lines(MAXO, machine)) == []


def test_a_desktop_without_any_proxy_has_no_line(tmp_path: Path) -> None:
    gnome(tmp_path, "none")

    assert list(proxy_lines(MAXO, a_machine(tmp_path))) == []
