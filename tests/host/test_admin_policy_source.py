"""Where the organisation's policy is read: what only an administrator could write, else no call."""

import os
from pathlib import Path

import pytest

from native_host import (
    admin_policy_file,
    admin_policy_source,
)
from native_host.admin_policy import AdminPolicy, FoundPolicy
from native_host.admin_policy_source import load_admin_policy, user_name

ME = os.getuid()
AS_ROOT = pytest.mark.skipif(ME != 0, reason="only root can give a file to another user")


@pytest.fixture
def etc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of /etc, whose administrator is who runs the test."""
    top = tmp_path / "etc"
    (top / "maxo-click-to-call").mkdir(parents=True)
    top.chmod(0o755)
    (top / "maxo-click-to-call").chmod(0o755)
    monkeypatch.setattr(admin_policy_source, "_find", lambda _: admin_policy_file.find(top=top, owner=ME))
    monkeypatch.setattr(admin_policy_source, "_last", (None, AdminPolicy()))
    return top / "maxo-click-to-call"


def write(file: Path, content: str | bytes = 'settings = { region = "NZ" }') -> Path:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    file.chmod(0o644)
    return file


def test_without_a_policy_nothing_is_locked(etc: Path) -> None:
    assert load_admin_policy() == AdminPolicy()
    etc.rmdir()
    assert load_admin_policy() == AdminPolicy()


def test_the_policy_is_toml_or_json(etc: Path) -> None:
    toml = write(etc / "policy.toml")
    assert load_admin_policy().settings == {"region": "NZ"}
    toml.unlink()
    write(etc / "policy.json", '{"settings": {"region": "GB"}}')
    assert load_admin_policy().settings == {"region": "GB"}


def test_a_change_holds_from_the_next_look_on(etc: Path) -> None:
    write(etc / "policy.toml")
    assert load_admin_policy() is load_admin_policy()
    write(etc / "policy.toml", 'settings = { region = "GB" }')
    assert load_admin_policy().settings == {"region": "GB"}
    write(etc / "policy.toml", "settings =")
    assert load_admin_policy().fault
    write(etc / "policy.toml")
    assert load_admin_policy().settings == {"region": "NZ"}
    (etc / "policy.toml").unlink()
    assert load_admin_policy() == AdminPolicy()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("policy.toml", "settings =", "not valid TOML"),
        ("policy.toml", b"\xff", "not valid TOML"),
        ("policy.json", "{", "not valid JSON"),
        ("policy.json", "[]", "not an object"),
        ("policy.json", '{"version": 1, "version": 1}', "an entry is there twice"),
        ("policy.json", "[" * 100_000, "not valid JSON"),
        ("policy.toml", 'regoin = "NZ"', "regoin is not an entry"),
        ("policy.toml", 'settings = { region = "XX" }', "region"),
        ("policy.toml", b" " * (4 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_a_policy_that_is_not_valid_refuses_every_call_and_names_its_file(
    etc: Path, name: str, content: str | bytes, why: str
) -> None:
    file = write(etc / name, content)
    policy = load_admin_policy()

    assert policy.fault is not None
    assert str(file) in policy.fault
    assert why in policy.fault
    assert "Every call is refused until an administrator has put it right." in policy.fault
    assert [(notice.code, notice.message) for notice in policy.notices] == [("policy_invalid", policy.fault)]


def test_two_policies_refuse_every_call_as_it_is_not_known_which_holds(etc: Path) -> None:
    write(etc / "policy.toml")
    write(etc / "policy.json", "{}")

    assert "more than one policy" in (load_admin_policy().fault or "")


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_policy_that_others_can_write_refuses_every_call(etc: Path, mode: int) -> None:
    file = write(etc / "policy.toml")
    file.chmod(mode)

    assert f"run: chmod go-w {file}." in (load_admin_policy().fault or "")


@pytest.mark.parametrize("levels", [0, 1])
def test_so_does_one_in_a_folder_that_others_can_write(etc: Path, levels: int) -> None:
    write(etc / "policy.toml")
    folder = [etc, etc.parent][levels]
    folder.chmod(0o777)

    assert f"run: chmod go-w {folder}." in (load_admin_policy().fault or "")


@AS_ROOT
def test_a_policy_that_belongs_to_a_user_refuses_every_call(etc: Path) -> None:
    file = write(etc / "policy.toml")
    os.chown(file, 1000, 1000)
    assert f"run: chown root {file}." in (load_admin_policy().fault or "")
    os.chown(file, 0, 0)
    os.chown(etc, 1000, 1000)
    assert f"run: chown root {etc}." in (load_admin_policy().fault or "")


@AS_ROOT
def test_a_policy_that_the_user_cannot_read_refuses_every_call(etc: Path) -> None:
    write(etc / "policy.toml").chmod(0o600)
    for folder in (etc, *etc.parents[:4]):
        folder.chmod(0o755)
    child = os.fork()
    if child == 0:
        os.setuid(1000)
        policy = load_admin_policy()
        os._exit(0 if "chmod a+r" in (policy.fault or "") else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_link_is_followed_to_a_file_that_must_be_the_administrators_as_well(
    etc: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o777)
    elsewhere.chmod(0o777)
    (etc / "policy.toml").symlink_to(write(elsewhere / "policy.toml"))
    assert f"chmod go-w {elsewhere}" in (load_admin_policy().fault or "")
    (elsewhere / "policy.toml").unlink()
    assert "a link to nothing" in (load_admin_policy().fault or "")


def test_the_user_is_who_the_system_says_and_not_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = user_name()
    for variable in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(variable, "somebody-else")

    assert user_name() == before != "somebody-else"
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    assert user_name() == ""


def test_what_is_found_is_the_same_when_its_content_is() -> None:
    assert FoundPolicy("a", b"x", dict) == FoundPolicy("a", b"x", lambda: {"version": 1})
    assert FoundPolicy("a", b"x", dict) != FoundPolicy("a", b"y", dict)
