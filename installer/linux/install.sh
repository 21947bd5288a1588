#!/bin/sh
# Installs Maxo click-to-call for the user who runs this, without administrator rights; the same again upgrades.
#   ./install.sh            install or upgrade, and make the host known to this user's browsers
#   ./install.sh --remove   undo that; settings, the record of calls and the key stay
set -eu

programs=$HOME/.local/lib/maxo-click-to-call
command=$HOME/.local/bin/maxo-call
here=$(cd "$(dirname "$0")" && pwd)

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_ours() { # a command of that name may be another program, or the user's own
    [ "$(readlink "$command" 2>/dev/null || true)" = "$programs/maxo-call" ]
}

install_programs() {
    [ -x "$here/program/maxo-call" ] || fail "The folder 'program' is missing beside install.sh. Unpack the whole archive again."
    "$here/program/maxo-call" --version >/dev/null ||
        fail "The programs do not start on this system (it may be too old). Nothing was changed."
    if [ -e "$command" ] && ! is_ours; then
        fail "$command is another program. Move it away, then run this again."
    fi
    mkdir -p "${programs%/*}" "${command%/*}"
    rm -rf "$programs.new" "$programs.old"
    cp -R "$here/program" "$programs.new"
    # A host that is running keeps its files until the browser closes it.
    if [ -d "$programs" ]; then mv "$programs" "$programs.old"; fi
    mv "$programs.new" "$programs"
    rm -rf "$programs.old"
    ln -sfn "$programs/maxo-call" "$command"
    "$programs/maxo-call" register
    printf '%s\n' "Installed. Store your API key with: $command key set"
}

remove_programs() {
    if [ -x "$programs/maxo-call" ]; then "$programs/maxo-call" unregister; fi
    rm -rf "$programs" "$programs.new" "$programs.old"
    if is_ours; then rm -f "$command"; fi
    # Only folders that are empty now, and that a user has no use for.
    rmdir "${programs%/*}" 2>/dev/null || true
    printf '%s\n' "Removed. Settings and the record of calls are left in ~/.config and ~/.local/state, the key in the keyring."
}

case "${1:-}" in
    "") install_programs ;;
    --remove) remove_programs ;;
    *) fail "Usage: ./install.sh [--remove]" ;;
esac
