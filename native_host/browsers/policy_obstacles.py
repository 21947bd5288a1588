"""Which of a browser's policies stand in the way of extension or host, one sentence each. Reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from native_host import HOST_NAME
from native_host.browsers.policies import dictionary, named, text_list
from native_host.browsers.table import Family

USER_LEVEL_HOSTS = "NativeMessagingUserLevelHosts"

# In the extension's manifest; a test compares. Without one of them it is not loaded.
PERMISSIONS = frozenset({"activeTab", "nativeMessaging", "contextMenus", "storage", "scripting"})

_EVERY_SITE = frozenset(
    {"<all_urls>", "*://*", "*://*/*", "*://*.*", "http*://*", "https://*", "https://*/*"}
)
_BLOCKED_MODES = frozenset({"blocked", "removed"})


@dataclass(frozen=True)
class Obstacle:
    """One policy by its name, and what it does: `fault` if nothing can be called, `warning` if less works."""

    policy: str
    state: Literal["fault", "warning"]
    effect: str
    remedy: str

    @property
    def sentence(self) -> str:
        """What an administrator reads."""
        return f"The policy {self.policy} {self.effect}. Ask your administrator to {self.remedy}."


def obstacles(family: Family, values: Mapping[str, Any], extension_ids: Iterable[str]) -> list[Obstacle]:
    """What stands in the way of all of these extensions. For USER_LEVEL_HOSTS ask `user_level_hosts`."""
    of_one: Callable[[Mapping[str, Any], str], list[Obstacle]]
    of_one = _chromium_extension if family == "chromium" else _firefox_extension
    each = [of_one(values, extension_id) for extension_id in extension_ids]
    common = [one for one in each[0] if all(one in others for others in each)] if each else []
    return [*_host(values), *common] if family == "chromium" else common


def user_level_hosts(values: Mapping[str, Any]) -> bool:
    """Whether the browser starts hosts that a user has registered. On Windows false is written as 0."""
    return values.get(USER_LEVEL_HOSTS, True) not in (False, 0)


def _host(values: Mapping[str, Any]) -> list[Obstacle]:
    blocked = {"*", HOST_NAME} & set(text_list(values, "NativeMessagingBlocklist"))
    if not blocked or HOST_NAME in text_list(values, "NativeMessagingAllowlist"):
        return []
    effect = "keeps the browser from starting the helper"
    return [
        Obstacle("NativeMessagingBlocklist", "fault", effect, f"add {HOST_NAME} to NativeMessagingAllowlist")
    ]


def _chromium_extension(values: Mapping[str, Any], extension_id: str) -> list[Obstacle]:
    settings = dictionary(values, "ExtensionSettings")
    # Fields that an extension's own entry lacks are those of "*".
    own: dict[str, Any] = dictionary(settings, "*") | {
        key: value for entry in named(settings, extension_id) for key, value in entry.items()
    }
    found = []
    if "installation_mode" in own:
        if own["installation_mode"] in _BLOCKED_MODES:
            found.append(_blocked("ExtensionSettings"))
    elif _is_blocked_by_lists(values, extension_id):
        found.append(_blocked("ExtensionInstallBlocklist"))
    types = values.get("ExtensionAllowedTypes")
    if isinstance(types, list) and "extension" not in types:
        found.append(_blocked("ExtensionAllowedTypes"))
    lacking = PERMISSIONS & set(text_list(own, "blocked_permissions")) - set(
        text_list(own, "allowed_permissions")
    )
    if lacking:
        effect = f"takes from the extension what it needs ({', '.join(sorted(lacking))})"
        found.append(
            Obstacle(
                "ExtensionSettings", "fault", effect, "take it out of blocked_permissions for the extension"
            )
        )
    hosts = text_list(own, "runtime_blocked_hosts")
    if hosts:
        remedy = "list your sites in runtime_allowed_hosts for the extension"
        if _EVERY_SITE & set(hosts) and not text_list(own, "runtime_allowed_hosts"):
            effect = "keeps the extension off every site (runtime_blocked_hosts)"
            found.append(Obstacle("ExtensionSettings", "fault", effect, remedy))
        else:
            effect = (
                "keeps the extension off some sites (runtime_blocked_hosts), so numbers there are not marked"
            )
            found.append(Obstacle("ExtensionSettings", "warning", effect, remedy))
    return found


def _is_blocked_by_lists(values: Mapping[str, Any], extension_id: str) -> bool:
    forced = (one.partition(";")[0] for one in text_list(values, "ExtensionInstallForcelist"))
    if extension_id in forced:
        return False
    blocked = text_list(values, "ExtensionInstallBlocklist")
    allowed = extension_id in text_list(values, "ExtensionInstallAllowlist")
    return extension_id in blocked or ("*" in blocked and not allowed)


def _firefox_extension(values: Mapping[str, Any], extension_id: str) -> list[Obstacle]:
    settings = dictionary(values, "ExtensionSettings")
    every = dictionary(settings, "*")
    own = next(named(settings, extension_id), {})
    found = []
    if "installation_mode" in own:
        is_blocked = own["installation_mode"] == "blocked"
    else:
        types = every.get("allowed_types")
        is_blocked = every.get("installation_mode") == "blocked" or (
            isinstance(types, list) and "extension" not in types
        )
    if is_blocked:
        found.append(_blocked("ExtensionSettings"))
    if extension_id in text_list(dictionary(values, "Extensions"), "Uninstall"):
        found.append(
            Obstacle("Extensions", "fault", "removes the extension", "take it out of the list Uninstall")
        )
    if text_list(own, "restricted_domains") or text_list(every, "restricted_domains"):
        effect = "keeps extensions off some sites (restricted_domains), so numbers there are not marked"
        found.append(
            Obstacle("ExtensionSettings", "warning", effect, "take your sites out of restricted_domains")
        )
    if dictionary(values, "InstallAddonsPermission").get("Default") in (False, 0) and not own:
        effect = "keeps you from installing the extension yourself"
        remedy = "install it by ExtensionSettings (force_installed)"
        found.append(Obstacle("InstallAddonsPermission", "warning", effect, remedy))
    return found


def _blocked(policy: str) -> Obstacle:
    return Obstacle(policy, "fault", "blocks the extension", "allow it there")
