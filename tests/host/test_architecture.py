"""The picture of the host as a test: imports run downward only, each outside thing is in one file."""

import ast
from pathlib import Path

import pytest

HOST = Path(__file__).parents[2] / "native_host"

# From the top down: a file may import only from layers below its own.
LAYERS = [
    {"__main__", "cli"},
    {"cli_parser", "cli_browsers"},
    {"server"},
    {"handlers"},
    {"calls", "doctor"},
    {"browsers", "account", "policy", "keyring_look"},
    {"dialling", "journal", "maxo_api", "credentials", "settings", "wire"},
    {"number_library", "number_text", "call_history", "api_connection", "admin_policy_source"},
    {"journal_file", "admin_policy_file", "admin_policy_preferences", "admin_policy_registry"},
    {"admin_policy"},
    {
        "api_faults",
        "setting_values",
        "logs",
        "framing",
        "english_texts",
        "history_output",
        "call_records",
        "owned_file",
    },
    {"protocol", "errors", "hello", "numbering", "places", "file_lock"},
]

OUTSIDE = {
    "phonenumbers": {"number_library"},
    "sqlite3": {"journal_file"},
    "keyring": {"credentials"},
    "secretstorage": {"keyring_look"},
    "platformdirs": {"places"},
    "tomllib": {"settings", "admin_policy_file"},
    "tomli_w": {"settings"},
    "plistlib": {"admin_policy_preferences"},
    "winreg": {"admin_policy_registry"},
    "pwd": {"admin_policy_source"},
    "fcntl": {"file_lock"},
}


def modules() -> dict[str, ast.Module]:
    return {
        file.stem: ast.parse(file.read_text("utf-8")) for file in HOST.glob("*.py") if file.stem != "__init__"
    }


def imports(tree: ast.Module) -> set[str]:
    """Every module that is imported anywhere in the file, in full."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def layer_of(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name in layer)


@pytest.mark.parametrize(("name", "tree"), modules().items(), ids=modules())
def test_imports_run_downward_only(name: str, tree: ast.Module) -> None:
    ours = {found.split(".")[1] for found in imports(tree) if found.startswith("native_host.")}
    known = {other for other in ours if any(other in layer for layer in LAYERS)}

    assert {other for other in known if layer_of(other) <= layer_of(name)} == set()


def test_every_file_has_its_layer() -> None:
    assert {name for name in modules() if not any(name in layer for layer in LAYERS)} == set()


@pytest.mark.parametrize(("library", "owners"), OUTSIDE.items(), ids=OUTSIDE)
def test_each_outside_thing_is_touched_in_one_file(library: str, owners: set[str]) -> None:
    users = {
        name
        for name, tree in modules().items()
        if library in {found.split(".")[0] for found in imports(tree)}
    }

    assert users == owners


def test_only_the_client_of_the_api_touches_httpx() -> None:
    users = {
        name
        for name, tree in modules().items()
        if {"httpx", "httpcore", "truststore", "ssl"} & {found.split(".")[0] for found in imports(tree)}
    }

    assert users <= {"maxo_api", "api_connection", "api_faults"}


def test_the_browsers_pipes_are_touched_only_where_the_program_begins() -> None:
    for name, tree in modules().items():
        if name in ("__main__", "cli"):
            continue
        touched = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys"
        }
        assert not touched & {"stdin", "stdout", "argv"}, name
