r"""The organisation's policy on Windows: HKLM\Software\Policies\Maxo\ClickToCall, as Group Policy writes it.

The registry has texts, numbers, lists of texts and keys below keys; here they become the forms of the schema.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from native_host.admin_policy import FoundPolicy
from native_host.errors import UnusablePolicyError

KEY = r"Software\Policies\Maxo\ClickToCall"
LISTS = frozenset(
    {"allowed_base_urls", "destinations_allowed", "destinations_refused", "destinations_confirmed",
     "phones_allowed", "extension_ids"}
)  # fmt: skip
JSON_SETTINGS = frozenset({"phones", "extension_digits"})  # what no single text or number can say

if sys.platform == "win32":
    import ctypes
    import winreg


def find() -> FoundPolicy | None:
    """The policy in the registry. Raises UnusablePolicyError."""
    tree = None
    if sys.platform == "win32":
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY, 0, access) as key:
                tree = _tree(key)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnusablePolicyError(rf"HKLM\{KEY} cannot be read ({error.strerror}).") from error
        if _user_may_write():
            raise UnusablePolicyError(
                rf"HKLM\{KEY} can be written by users. Give write access to administrators only."
            )
    return None if tree is None else FoundPolicy(rf"HKLM\{KEY}", tree, lambda: values_of(tree))


def values_of(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a key and the keys below it, in the forms of the schema.

    Names are without case. A list is a multi-text, a key with one text for each, or one text with commas;
    phones_by_user is a key with one text for each user. Raises UnusablePolicyError.
    """
    values: dict[str, Any] = {}
    for name, value in _lower(tree).items():
        if name in LISTS:
            values[name] = _listed(value)
        elif name == "phones_by_user" and isinstance(value, Mapping):
            values[name] = {user: _listed(phones) for user, phones in _lower(value).items()}
        elif name == "settings" and isinstance(value, Mapping):
            values[name] = {setting: _setting(setting, text) for setting, text in _lower(value).items()}
        else:
            values[name] = _lower(value) if isinstance(value, Mapping) else value
    return values


def _listed(value: object) -> object:
    if isinstance(value, Mapping):
        return [value[name] for name in sorted(value, key=lambda name: (len(name), name))]  # 1, 2, … 10
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _setting(name: str, value: object) -> object:
    if name not in JSON_SETTINGS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise UnusablePolicyError(f"The entry settings\\{name} is not valid JSON.") from error


def _lower(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in tree.items()}


if sys.platform == "win32":

    def _tree(key: winreg.HKEYType) -> dict[str, Any]:
        keys, values, _ = winreg.QueryInfoKey(key)
        tree: dict[str, Any] = {}
        for number in range(values):
            name, value, _kind = winreg.EnumValue(key, number)
            tree[name] = value
        for name in [winreg.EnumKey(key, number) for number in range(keys)]:
            with winreg.OpenKey(key, name) as below:
                tree[name] = _tree(below)
        return tree

    def _user_may_write() -> bool:
        """Whether this very process, without an administrator's rights, could change the policy."""
        if ctypes.windll.shell32.IsUserAnAdmin():
            return False
        access = winreg.KEY_SET_VALUE | winreg.KEY_WOW64_64KEY
        try:
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY, 0, access).Close()
        except OSError:
            return False
        return True
