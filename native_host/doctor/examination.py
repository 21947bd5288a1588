"""The doctor's whole examination, for the command line and for the host's message `diagnose`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from native_host.account import Account
from native_host.browsers.machine import Machine, this_machine
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.bounded import Check, run_all
from native_host.doctor.browser_lines import browser_lines, browsers_of
from native_host.doctor.findings import Finding
from native_host.doctor.key_lines import api_line, keyring_lines
from native_host.doctor.proxies import proxy_in_use, proxy_lines
from native_host.settings import load_settings

BROWSER_BOUND_S = 10.0
KEYRING_BOUND_S = 4.0
PROXY_BOUND_S = 6.0
API_BOUND_S = 12.0  # the keyring's look, and the request
LONGEST_S = 13.0  # of a whole examination: the longest bound, and a margin
_QUICK_S = 2.0


def diagnose(account: Account) -> tuple[Finding, ...]:
    """The doctor's lines, within LONGEST_S. Never raises, changes nothing, rings nothing and asks nothing."""
    return tuple(examine(account, this_machine()))


def examine(account: Account, machine: Machine, *, user_data_dir: Path | None = None) -> list[Finding]:
    """Everything, in the order in which a person would mend it.

    `user_data_dir`: of Chromium look at this profile folder, instead of at its usual one.
    """
    base_url = load_settings().api_base_url
    return run_all(
        [
            *_browser_checks(machine, user_data_dir),
            Check("settings", "The settings", settings_lines, _QUICK_S),
            Check("keyring", "The keyring", lambda: keyring_lines(base_url), KEYRING_BOUND_S),
            Check("proxy", "The proxy settings", lambda: proxy_lines(base_url, machine), PROXY_BOUND_S),
            Check("api", "The way to MaxoTel", lambda: [_api(account, base_url)], API_BOUND_S),
        ]
    )


def _browser_checks(machine: Machine, user_data_dir: Path | None) -> Iterable[Check]:
    places: dict[str, Path | None] = {browser.name: None for browser in browsers_of(machine)}
    if user_data_dir is not None:
        places["chromium"] = user_data_dir
    if not places:
        text = "No browser of this user was found. Start one, then run `maxo-call register`."
        yield Check(
            "registration",
            "The browsers",
            lambda: [Finding("registration", "fault", text)],
            _QUICK_S,
        )
    for name, folder in places.items():
        browser = BROWSERS[name]

        def lines(browser: Browser = browser, folder: Path | None = folder) -> list[Finding]:
            return browser_lines(browser, machine, folder)

        yield Check("registration", browser.label, lines, BROWSER_BOUND_S, name)


def settings_lines() -> list[Finding]:
    """Whether the settings can be used, and whether there is a phone that could ring."""
    loaded = load_settings()
    found = [
        Finding("settings", "warning" if notice.code == "policy_newer" else "fault", notice.message)
        for notice in loaded.notices
    ]
    if not loaded.settings.phones:
        mend = "Add it in the extension's options, or by `maxo-call settings set phones`."
        found.append(Finding("settings", "fault", f"No phone is set, so nothing could ring. {mend}"))
    if found:
        return found
    phones = ", ".join(phone.number for phone in loaded.settings.phones)
    locked = f" Set by your organisation: {', '.join(loaded.locked)}." if loaded.locked else ""
    return [Finding("settings", "ok", f"The settings are in order; phones: {phones}.{locked}")]


def _api(account: Account, base_url: str) -> Finding:
    proxy = proxy_in_use(base_url)
    return api_line(account, base_url, by=f" (by the proxy {proxy})" if proxy else "")
