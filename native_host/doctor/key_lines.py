"""The doctor's lines of keyring, key and MaxoTel. Nothing rings, and no window asks for a password."""

from __future__ import annotations

from native_host import __version__, keyring_look
from native_host.account import CHECK_DEADLINE_S, Account
from native_host.admin_policy_source import load_admin_policy
from native_host.doctor.findings import Finding, State
from native_host.english_texts import OUTCOMES
from native_host.errors import ApiUnreachable, KeyringLocked, KeyUnavailable
from native_host.maxo_api import MaxoApi
from native_host.setting_values import api_host

USER_AGENT = f"maxo-click-to-call/{__version__}"

_MEND_KEYRING = {
    "no_keyring": "Sign in to your desktop, or start a keyring such as GNOME Keyring or KWallet.",
    "keyring_denied": "Allow Maxo click-to-call to use it.",
    "keyring_timeout": "Look for its window.",
}


def keyring_lines(base_url: str) -> list[Finding]:
    """Whether the keyring answers, is open, and holds a key for this API."""
    host = api_host(base_url)
    try:
        look = keyring_look.look(host)
    except KeyUnavailable as error:
        mend = _MEND_KEYRING.get(error.code, "")
        return [Finding("keyring", "fault", f"{error} {mend}".rstrip())]
    found = [Finding("keyring", "ok", f"The keyring answers ({look.backend}).")]
    if look.locked:
        text = (
            f"The keyring is locked ({look.backend}). Unlock it, or call and type its password when it asks."
        )
        found = [Finding("keyring", "fault", text)]
    if look.stored:
        return [*found, Finding("key", "ok", f"An API key is stored for {host}.")]
    mend = "Store it in the extension's options, or by `maxo-call key set`."
    return [*found, Finding("key", "fault", f"No API key is stored for {host}. {mend}")]


def api_line(account: Account, base_url: str, *, by: str = "") -> Finding:
    """Whether MaxoTel can be reached, and what it says of the key if that can be read unasked.

    `by` ends the sentence: by which way it is reached.
    """
    host = api_host(base_url)
    try:
        readable = keyring_look.look(host).readable
    except KeyUnavailable:
        readable = False
    return ask_about_key(account, base_url, by=by) if readable else _reach(base_url, host, by)


def ask_about_key(account: Account, base_url: str, *, by: str = "") -> Finding:
    """What MaxoTel says of the stored key; rings no phone. The keyring may ask for its password."""
    host = api_host(base_url)
    if load_admin_policy().fault is not None:  # it may say that the key goes to another address
        text = "MaxoTel was not asked, because the organisation's policy cannot be used. Mend that first."
        return Finding("api", "warning", text)
    try:
        verdict = account.check_key(base_url)
    except ApiUnreachable as error:
        return _unreachable(host, by, error)
    except KeyringLocked as error:
        return Finding("api", "warning", f"{host} was not asked about the key: {error}")
    except KeyUnavailable as error:
        return Finding("api", "fault", str(error))
    texts: dict[str, tuple[State, str]] = {
        "answered": ("ok", "answers and did not refuse the key; the first call will tell."),
        "refused": ("fault", "refused the key. Store another by `maxo-call key set`."),
        "no_permission": (
            "fault",
            f"{OUTCOMES['no_permission']} Add it in MaxoTel's My Account.",
        ),
        "unclear": (
            "warning",
            f"answered something unexpected ({verdict.code}). If this network has a login page, use it.",
        ),
    }
    state, text = texts[verdict.verdict]
    return Finding("api", state, text if verdict.verdict == "no_permission" else f"{host}{by} {text}")


def _reach(base_url: str, host: str, by: str) -> Finding:
    api = MaxoApi(base_url, user_agent=USER_AGENT)
    try:
        api.reach(deadline_s=CHECK_DEADLINE_S)
    except ApiUnreachable as error:
        return _unreachable(host, by, error)
    finally:
        api.close()
    return Finding("api", "ok", f"{host}{by} can be reached. The key was not tried.")


def _unreachable(host: str, by: str, error: ApiUnreachable) -> Finding:
    return Finding("api", "fault", f"{host}{by}: {OUTCOMES[error.cause]}")
