"""Each request to its use case, in a few lines. Writes no reply and catches no error; server.py does both."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from native_host import PROTOCOL_VERSION, __version__
from native_host.account import Account
from native_host.calls import Calls
from native_host.errors import CallRefused, JournalUnusable, UnsupportedProtocol
from native_host.hello import FEATURES, PLATFORM
from native_host.journal import Journal
from native_host.protocol import (
    CallList,
    CheckApiKey,
    ClearCalls,
    ClearedCalls,
    DeleteApiKey,
    Diagnose,
    Diagnosis,
    GetCall,
    GetSettings,
    GetStatus,
    Hello,
    HelloResult,
    KeyCheckResult,
    KeyResult,
    ListCalls,
    PlaceCall,
    PlanCall,
    RequestBody,
    Result,
    SetApiKey,
    SettingsResult,
    Status,
    UpdateSettings,
)
from native_host.setting_values import api_host, to_json_values
from native_host.settings import LoadedSettings, load_settings, update_settings

_log = logging.getLogger(__name__)


class Handlers:
    """What the host does for each request."""

    def __init__(
        self,
        calls: Calls,
        account: Account,
        journal: Journal,
        diagnose: Callable[[Account], tuple[Mapping[str, Any], ...]],
    ) -> None:
        self._calls = calls
        self._account = account
        self._journal = journal
        self._diagnose = diagnose

    def handle(self, request: RequestBody) -> Result:
        """The result of the request. Raises HostError."""
        match request:
            case PlanCall():
                loaded = load_settings()
                if loaded.policy.fault is None:
                    self._account.warm_up(loaded.api_base_url)
                return self._calls.plan(request)
            case PlaceCall():
                return self._calls.place(request)
            case GetCall():
                return self._calls.outcome(request.attempt)
            case GetStatus():
                return self._status(load_settings())
            case GetSettings():
                return _settings_result(load_settings())
            case UpdateSettings():
                return _settings_result(update_settings(request.settings))
            case SetApiKey():
                self._account.store_key(load_settings().api_base_url, request.api_key)
                return KeyResult("stored")
            case DeleteApiKey():
                self._account.delete_key(load_settings().api_base_url)
                return KeyResult("absent")
            case CheckApiKey():
                return self._check_key(load_settings())
            case ListCalls():
                return self._list_calls(request)
            case ClearCalls():
                return ClearedCalls(self._journal.clear_calls())
            case Diagnose():
                return Diagnosis(self._diagnose(self._account))
            case Hello():
                return _hello(request)

    def prepare(self) -> None:
        """Load what the first call needs, behind the hello. Never raises."""
        self._account.prepare(load_settings().api_base_url)

    def _check_key(self, loaded: LoadedSettings) -> KeyCheckResult:
        if loaded.policy.fault is not None:  # it may say that the key goes elsewhere
            raise CallRefused(loaded.policy.fault, reasons=("policy_invalid",))
        verdict = self._account.check_key(loaded.api_base_url)
        return KeyCheckResult(verdict.verdict, verdict.code)

    def _list_calls(self, request: ListCalls) -> CallList:
        found = self._journal.calls(
            history=load_settings().settings.history,
            limit=request.limit + 1,
            before=request.before,
            search=request.search,
        )
        return CallList(tuple(found[: request.limit]), more=len(found) > request.limit)

    def _status(self, loaded: LoadedSettings) -> Status:
        try:
            usable, open_circuit = self._journal.is_usable(), self._journal.is_circuit_open()
            notices = (*loaded.notices, *self._journal.notices())
        except JournalUnusable as error:
            _log.warning("%s", error)
            usable, open_circuit, notices = False, False, loaded.notices
        return Status(
            settings=to_json_values(loaded.settings),
            locked=loaded.locked,
            key=self._account.key_state(loaded.api_base_url),
            api_host=api_host(loaded.api_base_url),
            journal="ok" if usable else "unusable",
            guard="open" if open_circuit else "closed",
            notices=notices,
        )


def _settings_result(loaded: LoadedSettings) -> SettingsResult:
    return SettingsResult(to_json_values(loaded.settings), loaded.locked)


def _hello(request: Hello) -> HelloResult:
    if request.protocol_version != PROTOCOL_VERSION:
        raise UnsupportedProtocol(
            f"The extension speaks {request.protocol_version}, this helper {PROTOCOL_VERSION}. Update both."
        )
    return HelloResult(__version__, PROTOCOL_VERSION, PLATFORM, FEATURES)
