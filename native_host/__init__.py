"""The program that the browser starts: it holds the key, the dial rules, the guard and the one request."""

__version__ = "0.1.0"

HOST_NAME = "au.com.maxo.click_to_call"  # reverse-DNS id, in every host manifest and in the extension
PROTOCOL_VERSION = 1
