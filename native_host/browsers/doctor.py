"""What is right and what is not, one line each: browsers, host, settings, keyring, key, MaxoTel.

Changes nothing. No line has the key, a number that was called or a page; asking about the key rings nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from native_host import __version__, credentials
from native_host.account import CHECK_DEADLINE_S, Account
from native_host.browsers.host_manifest import allowed_ids, read_manifest
from native_host.browsers.host_trial import try_host
from native_host.browsers.registration import is_used, machine_manifest_file, manifest_file
from native_host.browsers.table import BROWSERS, Browser
from native_host.english_texts import OUTCOMES
from native_host.errors import ApiUnreachable, KeyUnavailable, NoApiKey
from native_host.maxo_api import MaxoApi
from native_host.setting_values import api_host
from native_host.settings import LoadedSettings, load_settings

USER_AGENT = f"maxo-click-to-call/{__version__}"

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """One line. `about` is a stable word for scripts; `browser` is set where the line is of one."""

    about: str
    state: State
    text: str
    browser: str | None = None
    milliseconds: int | None = None


def examine(account: Account, *, user_data_dir: Path | None = None) -> list[Finding]:
    """Everything, in the order in which a person would mend it. The keyring may ask to be unlocked."""
    loaded = load_settings()
    return [
        *_browsers(user_data_dir),
        *_settings(loaded),
        *_keyring_and_api(account, loaded.api_base_url),
    ]


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether there is no fault; warnings are no faults."""
    return all(finding.state != "fault" for finding in findings)


def _browsers(user_data_dir: Path | None) -> list[Finding]:
    found = [finding for browser in BROWSERS.values() for finding in _browser(browser, None)]
    if user_data_dir is not None:
        found += _browser(BROWSERS["chromium"], user_data_dir)
    if not found:
        sentence = "No browser of this user was found. Run `maxo-call register --browser NAME`."
        return [Finding("registration", "fault", sentence)]
    return found


def _browser(browser: Browser, user_data_dir: Path | None) -> list[Finding]:
    user = manifest_file(browser, user_data_dir)
    machine = machine_manifest_file(browser)
    file = next((one for one in (user, machine) if one and one.exists()), None)  # browsers look in this order
    if file is None:
        if user_data_dir is None and not is_used(browser):
            return []
        sentence = (
            f"{browser.label} does not know the host. Run `maxo-call register --browser {browser.name}`."
        )
        return [Finding("registration", "fault", sentence, browser.name)]
    return _manifest(browser, file)


def _manifest(browser: Browser, file: Path) -> list[Finding]:
    mend = f"Run `maxo-call register --browser {browser.name}`."

    def fault(about: str, sentence: str) -> list[Finding]:
        return [Finding(about, "fault", f"{sentence} {mend}", browser.name)]

    fields = read_manifest(file)
    if fields is None:
        return fault("registration", f"{file} is damaged.")
    program = Path(str(fields.get("path", "")))
    ids = allowed_ids(browser.family, fields)
    if not program.is_absolute() or not program.exists():
        return fault("registration", f"{file} starts {program}, which is not there.")
    if not ids:
        return fault("registration", f"{file} allows no extension.")
    trial = try_host(program, browser.family, file, ids[0])
    if trial.fault:
        return fault("host", f"{browser.label}: {trial.fault}")
    registered = f"{browser.label} knows the host, for {', '.join(ids)}."
    version = f"{browser.label}'s host answers in {trial.milliseconds} ms (version {trial.version})."
    same = trial.version == __version__
    return [
        Finding("registration", "ok", registered, browser.name),
        Finding("host", "ok" if same else "warning", version, browser.name, trial.milliseconds),
    ]


def _settings(loaded: LoadedSettings) -> list[Finding]:
    found = [Finding("settings", "fault", notice.message) for notice in loaded.notices]
    if not loaded.settings.phones:
        mend = "Add it in the extension's options, or by `maxo-call settings set phones`."
        found.append(Finding("settings", "fault", f"No phone is set, so nothing could ring. {mend}"))
    if found:
        return found
    phones = ", ".join(phone.number for phone in loaded.settings.phones)
    locked = f" Set by your organisation: {', '.join(loaded.locked)}." if loaded.locked else ""
    return [Finding("settings", "ok", f"The settings are in order; phones: {phones}.{locked}")]


def _keyring_and_api(account: Account, base_url: str) -> list[Finding]:
    host = api_host(base_url)
    try:
        backend = credentials.backend_name().split(".")[-2]
        account.key(base_url)
    except NoApiKey:
        mend = "Store it in the extension's options, or by `maxo-call key set`."
        keyring = Finding("keyring", "ok", f"The keyring answers ({backend}).")
        key = Finding("key", "fault", f"No API key is stored for {host}. {mend}")
        return [keyring, key, _reach(base_url, host)]
    except KeyUnavailable as error:
        return [Finding("keyring", "fault", str(error)), _reach(base_url, host)]
    return [
        Finding("keyring", "ok", f"The keyring answers ({backend})."),
        Finding("key", "ok", f"An API key is stored for {host}."),
        ask_about_key(account, base_url),
    ]


def _reach(base_url: str, host: str) -> Finding:
    try:
        MaxoApi(base_url, user_agent=USER_AGENT).reach(deadline_s=CHECK_DEADLINE_S)
    except ApiUnreachable as error:
        return Finding("api", "fault", f"{host}: {OUTCOMES[error.cause]}")
    return Finding("api", "ok", f"{host} can be reached.")


def ask_about_key(account: Account, base_url: str) -> Finding:
    """What MaxoTel says of the stored key; rings no phone."""
    host = api_host(base_url)
    try:
        verdict = account.check_key(base_url)
    except ApiUnreachable as error:
        return Finding("api", "fault", f"{host}: {OUTCOMES[error.cause]}")
    except KeyUnavailable as error:
        return Finding("api", "fault", str(error))
    texts: dict[str, tuple[State, str]] = {
        "answered": ("ok", "answers and did not refuse the key; the first call will tell."),
        "refused": ("fault", "refused the key. Store another by `maxo-call key set`."),
        "no_permission": (
            "fault",
            'knows the key, but it lacks the permission "Account Functions/Click to Call".',
        ),
        "unclear": (
            "warning",
            f"answered something unexpected ({verdict.code}); a network login page, perhaps.",
        ),
    }
    state, text = texts[verdict.verdict]
    return Finding("api", state, f"{host} {text}")
