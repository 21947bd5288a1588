"""The doctor's lines of one browser: sandbox, policies, registration, extension, the host's answer."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from native_host import __version__
from native_host.browsers.host_manifest import allowed_ids, is_whole, read_manifest
from native_host.browsers.host_trial import try_host
from native_host.browsers.installed_extensions import InstalledExtension, installed_extensions
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import FoundManifest, found_manifests
from native_host.browsers.policies import Policies, read_policies
from native_host.browsers.policy_obstacles import USER_LEVEL_HOSTS, obstacles, user_level_hosts
from native_host.browsers.sandboxes import ALLOW_SNAP_OF_FIREFOX, portal_may_start_hosts, sandboxed
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.findings import Finding, State

EXTENSION_WAITS_MS = 3000  # for the reply to hello; it gives the host up then
INSTALL_AGAIN = "Install Maxo click-to-call again."


def browsers_of(machine: Machine) -> list[Browser]:
    """The browsers that this user has; if none was ever started, those that know the host already."""
    everything = list(BROWSERS.values())
    used = [
        one
        for one in everything
        if machine.is_used(one)
        or sandboxed(one, machine)
        or any(not found.for_all_users for found in _unless_windows(one, machine))
    ]
    return used or [one for one in everything if found_manifests(one, machine)]


def _unless_windows(browser: Browser, machine: Machine) -> list[FoundManifest]:
    # There `register` writes all browsers' keys, so that a key tells nothing of the browser.
    return [] if machine.platform == "win32" else found_manifests(browser, machine)


def browser_lines(browser: Browser, machine: Machine, user_data_dir: Path | None = None) -> list[Finding]:
    """Everything about one browser. `user_data_dir`: of a Chromium with a profile of its own."""
    return _OneBrowser(browser, machine, user_data_dir).lines()


class _OneBrowser:
    """Collects the lines of one browser."""

    def __init__(self, browser: Browser, machine: Machine, user_data_dir: Path | None) -> None:
        self._browser = browser
        self._machine = machine
        self._user_data_dir = user_data_dir
        self._label = browser.label

    def lines(self) -> list[Finding]:
        box = None if self._user_data_dir else sandboxed(self._browser, self._machine)
        if box and not box.starts_hosts:
            text = (
                f"Calling is not possible in {self._label} as a {box.kind}, whose sandbox starts no programs "
                f"of the system. Install {self._label} as a package of the system, or use another browser."
            )
            outside = self._machine.is_used(self._browser)  # the same browser may be there twice
            return [self._line("sandbox", "warning", text), *(self._unconfined() if outside else [])]
        return [*self._unconfined(), *([self._portal()] if box else [])]

    def _portal(self) -> Finding:
        if portal_may_start_hosts(self._machine):
            return self._line("sandbox", "ok", f"{self._label} is a Snap that may start the helper.")
        text = (
            f"{self._label} is a Snap and asks once whether it may start the helper. If it did not ask, "
            f"run `{ALLOW_SNAP_OF_FIREFOX}` and restart it."
        )
        return self._line("sandbox", "warning", text)

    def _unconfined(self) -> list[Finding]:
        policies = read_policies(self._browser, self._machine)
        installed = installed_extensions(self._browser, self._machine, self._user_data_dir)
        return [
            *self._registration(policies, installed),
            *self._policies(policies, installed),
            *self._extension(installed),
        ]

    def _registration(self, policies: Policies, installed: list[InstalledExtension]) -> list[Finding]:
        found = found_manifests(self._browser, self._machine, self._user_data_dir)
        allows_users = self._browser.family == "firefox" or user_level_hosts(policies.values)
        if not allows_users:
            found = [one for one in found if one.for_all_users]
            if not found:
                text = (
                    f"The policy {USER_LEVEL_HOSTS} lets {self._label} start only helpers that are "
                    f"registered for all users. {self._run('--system')}"
                )
                return [self._line("policy", "fault", text)]
        if not found:
            return [self._fault("registration", f"{self._label} does not know the helper.", self._run())]
        mend = self._run() if allows_users else self._run("--system")
        return list(self._manifest(found[0], mend, installed))

    def _manifest(
        self, found: FoundManifest, mend: str, installed: list[InstalledExtension]
    ) -> Iterator[Finding]:
        file, family = found.file, self._browser.family
        fields = read_manifest(file)
        if fields is None or not is_whole(family, fields):
            yield self._fault("registration", f"{file} is damaged, so {self._label} ignores it.", mend)
            return
        program = file.parent / str(fields["path"])
        if self._machine.frozen_folder and program == self._machine.host_program():
            mend = INSTALL_AGAIN
        if not program.is_file():
            yield self._fault("program", f"{file} starts {program}, which is not there.", mend)
            return
        if self._machine.platform != "win32" and not os.access(program, os.X_OK):
            yield self._fault("program", f"{program} may not be run by you.", mend)
            return
        allowed = allowed_ids(family, fields)
        wrong = self._wrong_id(file, allowed, installed)
        if wrong:
            yield wrong
            return
        yield self._line(
            "registration", "ok", f"{self._label} knows the helper, for the extension {', '.join(allowed)}."
        )
        yield self._trial(program, file, allowed[0], mend)

    def _wrong_id(
        self, file: Path, allowed: Iterable[str], installed: list[InstalledExtension]
    ) -> Finding | None:
        own = self._machine.own_ids(self._browser.family)
        there = list(dict.fromkeys(one.extension_id for one in installed))
        missing = [one for one in there if one not in allowed]
        if missing:
            text = f"The extension in {self._label} has the id {missing[0]}, which {file} does not allow."
            known = set(missing) <= set(own)
            mend = self._run(*_options(there), if_so="" if known else "If your company gave it to you, ")
            return self._fault("extension_id", text, mend)
        if own and not there and not set(own) & set(allowed):
            text = f"{file} allows only the extension {', '.join(allowed)}, which is not in {self._label}."
            return self._fault("extension_id", text, self._run(*_options(own)))
        return None

    def _trial(self, program: Path, file: Path, extension_id: str, mend: str) -> Finding:
        trial = try_host(program, self._browser.family, file, extension_id)
        if trial.fault:
            return self._fault("host", f"{self._label}'s helper {program} {trial.fault}.", mend)
        text = f"{self._label}'s helper answers in {trial.milliseconds} ms (version {trial.version})"
        if trial.version != __version__:
            return self._line(
                "host", "warning", f"{text}, but this is version {__version__}. {mend}", trial.milliseconds
            )
        if trial.milliseconds > EXTENSION_WAITS_MS:
            mend = "Close what keeps this computer busy."
            slow = f"{text}, but the extension waits {EXTENSION_WAITS_MS} ms. {mend}"
            return self._line("host", "warning", slow, trial.milliseconds)
        return self._line("host", "ok", f"{text}.", trial.milliseconds)

    def _policies(self, policies: Policies, installed: list[InstalledExtension]) -> Iterator[Finding]:
        for file in policies.unreadable:
            text = (
                f"{file} cannot be read, so what it forbids is not known. Ask your administrator to mend it."
            )
            yield self._line("policy", "warning", text)
        own = self._machine.own_ids(self._browser.family)
        ids = list(dict.fromkeys(one.extension_id for one in installed)) or own
        for one in obstacles(self._browser.family, policies.values, ids):
            yield self._line("policy", one.state, f"{self._label}: {one.sentence}")

    def _extension(self, installed: list[InstalledExtension]) -> Iterator[Finding]:
        page = {"chromium": "chrome://extensions", "firefox": "about:addons"}[self._browser.family]
        if any(not one.enabled for one in installed):
            text = f"The extension is switched off in {self._label}. Switch it on in {page}."
            yield self._line("extension", "warning", text)
        if any(not one.on_every_site for one in installed):
            text = (
                f"{self._label} keeps the extension off sites where you have not clicked it, so numbers "
                f"there are not marked. Let it read all sites, in its details in {page}."
            )
            yield self._line("site_access", "warning", text)

    def _run(self, *options: str, if_so: str = "") -> str:
        words = ["maxo-call", "register", *options, "--browser", self._browser.name]
        if self._user_data_dir is not None and "--system" not in options:
            words += ["--user-data-dir", str(self._user_data_dir.absolute())]
        as_whom = ""
        if "--system" in options:
            if self._machine.platform == "win32":
                as_whom = " as administrator"
            else:
                words.insert(0, "sudo")
        run = f"run `{shlex.join(words)}`{as_whom}."
        return f"{if_so}{run}" if if_so else run.capitalize()[:3] + run[3:]

    def _fault(self, about: str, text: str, mend: str) -> Finding:
        return self._line(about, "fault", f"{text} {mend}")

    def _line(self, about: str, state: State, text: str, milliseconds: int | None = None) -> Finding:
        return Finding(about, state, text, self._browser.name, milliseconds)


def _options(extension_ids: Iterable[str]) -> list[str]:
    return [word for extension_id in extension_ids for word in ("--extension-id", extension_id)]
