#!/bin/sh
# Removes what the package has installed: sudo "/Library/Application Support/maxo-click-to-call/uninstall.sh"
# Settings, the record of calls and the key are the users' own, and stay.
set -eu

folder="/Library/Application Support/maxo-click-to-call"
command=/usr/local/bin/maxo-call

if [ "$(id -u)" -ne 0 ]; then
    printf '%s\n' "Run this as root: sudo \"$folder/uninstall.sh\"" >&2
    exit 1
fi
if [ -x "$folder/program/maxo-call" ]; then
    "$folder/program/maxo-call" unregister --system \
        --browser chrome --browser chromium --browser edge --browser brave --browser vivaldi --browser firefox
fi
if [ "$(readlink "$command" 2>/dev/null || true)" = "$folder/program/maxo-call" ]; then rm -f "$command"; fi
rm -rf "$folder"
pkgutil --forget au.com.maxo.click-to-call >/dev/null 2>&1 || true
printf '%s\n' "Removed."
