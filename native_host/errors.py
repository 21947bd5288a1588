"""Everything that can go wrong, as one tree; each class has the error code that the extension reads.

The message is English, for the log and the command line; the extension shows its own text for the code.
No message may hold the API key. Codes are append-only; tests/contract/messages.json lists them.

    HostError                     internal
    ├── BadRequest                bad_request
    │   └── BadFrame              bad_frame: the byte stream cannot be trusted any more, so the host ends
    ├── UnknownType               unknown_type
    ├── UnsupportedProtocol       unsupported_protocol
    ├── InvalidNumber             invalid_number
    ├── SettingsFault
    │   ├── InvalidSetting        invalid_setting
    │   ├── SettingLocked         setting_locked
    │   └── SettingsUnwritable    settings_unwritable
    ├── CallNotPlaced             nothing was sent and nothing was recorded
    │   ├── PlanChanged           plan_changed
    │   ├── ConfirmationNeeded    confirmation_needed  (reasons)
    │   ├── CallRefused           call_refused         (reasons)
    │   ├── AttemptMismatch       attempt_mismatch
    │   └── JournalUnusable       journal_unusable
    ├── KeyUnavailable            the API key could not be read or stored
    │   ├── NoKeyring             no_keyring
    │   ├── KeyringLocked         keyring_locked
    │   ├── NoApiKey              no_api_key
    │   ├── KeyringDenied         keyring_denied
    │   └── KeyringTimeout        keyring_timeout
    └── ApiUnreachable            api_unreachable      (cause: the outcome code that says why)

UnusablePolicyError is none of them: it becomes the reason policy_invalid, by which every call is refused.
"""


class UnusablePolicyError(Exception):
    """An organisation's policy that is not valid, or that others than an administrator could have written."""


class HostError(Exception):
    """The base of all: a fault of the host itself when raised as it is."""

    code = "internal"
    sentence = "The helper made a mistake. It is in its log."

    def __init__(self, message: str | None = None, *, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message or self.sentence)
        self.reasons = reasons


class BadRequest(HostError):
    """A request that breaks the rules of the protocol."""

    code = "bad_request"
    sentence = "The request broke the rules of the protocol. Update the extension."


class BadFrame(BadRequest):
    """Bytes that are no frame; nothing after them can be understood."""

    code = "bad_frame"
    sentence = "The bytes were not a frame of native messaging."


class UnknownType(HostError):
    """A request type of a newer extension."""

    code = "unknown_type"
    sentence = "This host does not know that request. Update the helper."


class UnsupportedProtocol(HostError):
    """The extension speaks another version of the protocol."""

    code = "unsupported_protocol"
    sentence = "Extension and helper speak different versions. Update both."


class InvalidNumber(HostError):
    """A text that is not a number that can be called."""

    code = "invalid_number"
    sentence = "This is not a number that can be called."


class SettingsFault(HostError):
    """A setting that cannot be used or kept."""


class InvalidSetting(SettingsFault):
    """A value that a setting cannot have."""

    code = "invalid_setting"
    sentence = "A setting has a value that does not work."


class SettingLocked(SettingsFault):
    """A setting that the organisation's policy fixes."""

    code = "setting_locked"
    sentence = "Your organisation has set this."


class SettingsUnwritable(SettingsFault):
    """The settings file cannot be written."""

    code = "settings_unwritable"
    sentence = "The settings could not be saved. Check the free space and the rights of the settings folder."


class CallNotPlaced(HostError):
    """A call that was stopped before anything was sent or recorded."""


class PlanChanged(CallNotPlaced):
    """What would be dialled is not what the person saw."""

    code = "plan_changed"
    sentence = "What would be dialled has changed since it was shown. Nothing was sent."


class ConfirmationNeeded(CallNotPlaced):
    """A call that the person has to confirm first; `reasons` say why."""

    code = "confirmation_needed"
    sentence = "This call needs your confirmation first."


class CallRefused(CallNotPlaced):
    """A call that is not allowed; `reasons` say why."""

    code = "call_refused"
    sentence = "This call is not allowed."


class AttemptMismatch(CallNotPlaced):
    """An attempt that was already used to call another destination."""

    code = "attempt_mismatch"
    sentence = "This attempt was already used for another call. Nothing was sent."


class JournalUnusable(CallNotPlaced):
    """The attempt could not be recorded, so it was not sent."""

    code = "journal_unusable"
    sentence = "The record of calls cannot be written, so nothing was sent. Check the free space on the disk."


class KeyUnavailable(HostError):
    """The API key could not be read, stored or deleted."""


class NoKeyring(KeyUnavailable):
    """This computer has no keyring that may be used."""

    code = "no_keyring"
    sentence = "No keyring was found on this computer."


class KeyringLocked(KeyUnavailable):
    """The keyring is there but locked."""

    code = "keyring_locked"
    sentence = "The keyring is locked. Unlock it and try again."


class NoApiKey(KeyUnavailable):
    """No key is stored for this API host."""

    code = "no_api_key"
    sentence = "No MaxoTel API key is stored yet."


class KeyringDenied(KeyUnavailable):
    """The keyring, or the person asked by it, said no."""

    code = "keyring_denied"
    sentence = "The keyring refused access."


class KeyringTimeout(KeyUnavailable):
    """The keyring did not answer within the bound."""

    code = "keyring_timeout"
    sentence = "The keyring did not answer in time."


class ApiUnreachable(HostError):
    """MaxoTel could not be asked; `cause` is the outcome code that says why (`dns_failed`, …)."""

    code = "api_unreachable"
    sentence = "MaxoTel could not be reached."

    def __init__(self, cause: str = "api_unreachable", message: str | None = None) -> None:
        super().__init__(message or f"{self.sentence} ({cause})", reasons=(cause,))
        self.cause = cause
