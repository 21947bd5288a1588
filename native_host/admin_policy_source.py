"""Where this platform keeps the organisation's policy, and whose policy it is. Fails closed, never loudly."""

import logging
import os
import sys
import threading

from native_host.admin_policy import AdminPolicy, FoundPolicy, policy_of, unusable_policy
from native_host.errors import UnusablePolicyError

if sys.platform != "win32":
    import pwd

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_NONE = AdminPolicy()
_last: tuple[FoundPolicy | str | None, AdminPolicy] = (None, _NONE)


def load_admin_policy() -> AdminPolicy:
    """The policy in force for this user; one that refuses every call where it cannot be used.

    Looked up each time, so that a change holds from the next call on; understood anew only when it changed.
    """
    global _last
    with _lock:
        found: FoundPolicy | str | None
        try:
            found = _find(user := user_name())
            if found != _last[0]:
                _last = (found, _NONE if found is None else _understood(found, user))
        except UnusablePolicyError as error:
            found = str(error)
            if found != _last[0]:
                _log.error("the organisation's policy cannot be used: %s", found)
                _last = (found, unusable_policy(f"The organisation's policy cannot be used. {found}"))
        return _last[1]


def user_name() -> str:
    """The name of the user by the operating system's word: no variable of the environment may say another."""
    if sys.platform == "win32":
        return os.getlogin().lower()  # GetUserName, without the domain
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""  # a user without a name is none that a policy names


def _find(user: str) -> FoundPolicy | None:
    if sys.platform == "win32":
        from native_host import admin_policy_registry

        return admin_policy_registry.find()
    if sys.platform == "darwin":
        from native_host import admin_policy_preferences

        return admin_policy_preferences.find(user)
    from native_host import admin_policy_file

    return admin_policy_file.find()


def _understood(found: FoundPolicy, user: str) -> AdminPolicy:
    try:
        policy = policy_of(found.values(), user=user, place=found.place)
    except UnusablePolicyError as error:
        raise UnusablePolicyError(f"{found.place}: {error}") from error
    for notice in policy.notices:
        _log.warning("%s", notice.message)
    return policy
