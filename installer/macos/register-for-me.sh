#!/bin/sh
# For one user, without administrator rights: copies the programs into the home folder and tells this user's browsers.
#   ./register-for-me.sh            install or upgrade
#   ./register-for-me.sh --remove   undo that; settings, the record of calls and the key stay
set -eu

programs="$HOME/Library/Application Support/maxo-click-to-call/program"
here=$(cd "$(dirname "$0")" && pwd)

case "${1:-}" in
    "")
        "$here/program/maxo-call" --version >/dev/null
        mkdir -p "${programs%/*}"
        rm -rf "$programs.new" "$programs.old"
        cp -R "$here/program" "$programs.new"
        if [ -d "$programs" ]; then mv "$programs" "$programs.old"; fi
        mv "$programs.new" "$programs"
        rm -rf "$programs.old"
        "$programs/maxo-call" register
        printf '%s\n' "Installed. Store your API key with: \"$programs/maxo-call\" key set"
        ;;
    --remove)
        if [ -x "$programs/maxo-call" ]; then "$programs/maxo-call" unregister; fi
        rm -rf "$programs" "$programs.new" "$programs.old"
        printf '%s\n' "Removed. Settings and the record of calls are left, the key is in the keychain."
        ;;
    *)
        printf '%s\n' "Usage: ./register-for-me.sh [--remove]" >&2
        exit 2
        ;;
esac
