"""The person's MaxoTel account as a call needs it: the client of the API host in force, and its key.

The key is read at the first call or check, never on hover: a locked keyring would ask. It is never logged,
and never given to another host than the one it was stored for.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from native_host import __version__, credentials
from native_host.errors import HostError
from native_host.maxo_api import CallAnswer, KeyVerdict, MaxoApi
from native_host.protocol import KeyState
from native_host.setting_values import api_host

KEYRING_TIMEOUT_S = 5.0  # within the deadline of a call
CHECK_DEADLINE_S = 8.0
WARM_UP_AGAIN_S = 25.0  # just under the time for which an idle connection is kept

_log = logging.getLogger(__name__)


class Keys(Protocol):
    """What this file needs of credentials.py, which is one."""

    def read_api_key(self, api_host: str, *, timeout_s: float) -> str: ...  # noqa: D102
    def store_api_key(self, api_host: str, api_key: str, *, timeout_s: float) -> None: ...  # noqa: D102
    def delete_api_key(self, api_host: str, *, timeout_s: float) -> None: ...  # noqa: D102
    def forget_api_key(self, api_host: str) -> None: ...  # noqa: D102
    def key_state(self, api_host: str) -> KeyState: ...  # noqa: D102


class Account:
    """Client and key for one base URL at a time. Safe for several threads."""

    def __init__(self, make_api: Callable[[str], MaxoApi] | None = None, keys: Keys = credentials) -> None:
        self._make_api = make_api or _make_api
        self._keys = keys
        self._lock = threading.Lock()
        self._base_url = ""
        self._api: MaxoApi | None = None
        self._warm_until = 0.0

    def prepare(self, base_url: str) -> None:
        """Load what a request needs, so that the first call does not wait for it. Never raises."""
        try:
            self._client(base_url).prepare()
        except (HostError, ImportError, OSError) as error:
            _log.warning("the API client is not ready: %s", error)  # the first call will say so

    def warm_up(self, base_url: str) -> None:
        """Open the connection in the background, with neither key nor number; at most once per idle time."""
        with self._lock:
            if time.monotonic() < self._warm_until:
                return
            self._warm_until = time.monotonic() + WARM_UP_AGAIN_S
        threading.Thread(target=lambda: self._client(base_url).warm_up(), name="warm-up", daemon=True).start()

    def key(self, base_url: str, *, timeout_s: float = KEYRING_TIMEOUT_S) -> str:
        """The API key of the base URL's host. Raises KeyUnavailable."""
        return self._keys.read_api_key(api_host(base_url), timeout_s=timeout_s)

    def call(
        self, base_url: str, *, key: str, origin: str, destination: str, auto_answer: bool, deadline_s: float
    ) -> CallAnswer:
        """Have MaxoTel ring `origin` and dial `destination`: at most one request, within `deadline_s`."""
        answer = self._client(base_url).initiate_call(
            api_key=key,
            origin=origin,
            destination=destination,
            auto_answer=auto_answer,
            deadline_s=deadline_s,
        )
        if answer.code == "api_key_refused":
            self._keys.forget_api_key(api_host(base_url))
        return answer

    def check_key(self, base_url: str) -> KeyVerdict:
        """What MaxoTel says of the stored key; rings no phone. Raises KeyUnavailable or ApiUnreachable."""
        key = self.key(base_url)
        verdict = self._client(base_url).check_key(api_key=key, deadline_s=CHECK_DEADLINE_S)
        if verdict.verdict == "refused":
            self._keys.forget_api_key(api_host(base_url))
        return verdict

    def store_key(self, base_url: str, key: str) -> None:
        """Store the key for the base URL's host. Raises KeyUnavailable."""
        self._keys.store_api_key(api_host(base_url), key, timeout_s=KEYRING_TIMEOUT_S)

    def delete_key(self, base_url: str) -> None:
        """Delete the key of the base URL's host. Raises KeyUnavailable."""
        self._keys.delete_api_key(api_host(base_url), timeout_s=KEYRING_TIMEOUT_S)

    def key_state(self, base_url: str) -> KeyState:
        """What is known of the key without touching the keyring."""
        return self._keys.key_state(api_host(base_url))

    def _client(self, base_url: str) -> MaxoApi:
        with self._lock:
            if self._api is None or base_url != self._base_url:
                if self._api is not None:
                    self._api.close()
                self._api, self._base_url = self._make_api(base_url), base_url
            return self._api


def _make_api(base_url: str) -> MaxoApi:
    return MaxoApi(base_url, user_agent=f"maxo-click-to-call/{__version__}")
