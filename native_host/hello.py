"""The answer to `hello`, before anything else is imported: bytes in, bytes out, one known spelling.

The extension writes its hello in exactly this spelling (shared/protocol.ts); any other goes the general way.
"""

import sys

from native_host import PROTOCOL_VERSION, __version__

PLATFORM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")

# The requests that this host knows besides hello. The extension sends no others.
FEATURES = (
    "get_status",
    "plan_call",
    "place_call",
    "get_call",
    "get_settings",
    "update_settings",
    "set_api_key",
    "delete_api_key",
    "check_api_key",
    "list_calls",
    "clear_calls",
    "diagnose",
)

_START = b'{"id":0,"type":"hello","protocol_version":%d,"extension_version":"' % PROTOCOL_VERSION
_END = b'"}'
_REPLY = (
    f'{{"id":0,"ok":true,"result":{{"host_version":"{__version__}","protocol_version":{PROTOCOL_VERSION},'
    f'"platform":"{PLATFORM}","features":["' + '","'.join(FEATURES) + '"]}}'
).encode()


def fast_reply(body: bytes) -> bytes | None:
    """The whole reply to a hello in the known spelling and of our protocol version, else None."""
    if not body.startswith(_START) or not body.endswith(_END):
        return None
    version = body[len(_START) : -len(_END)]
    return _REPLY if version.replace(b".", b"").isalnum() else None
