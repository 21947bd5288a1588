"""What browsers and stores say of the built extension, and how it gets on with an older host."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.e2e.browser import EXTENSION_DIST, Browser
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_called
from tests.maxo_stand_in import StandIn

# With one manifest for both browsers each of them sees a few words that are the other's.
FIREFOX_WARNINGS = {"processing key", "processing storage"}
LINT_WARNINGS = {
    "BACKGROUND_SERVICE_WORKER_IGNORED",  # `service_worker` is Chromium's, `scripts` is Firefox's
    "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION",  # there is no native messaging on Android
}

# Stands between browser and host, and drops every feature but these from the host's hello.
OLDER_HOST = """
import json, struct, subprocess, sys, threading
KEPT = {"get_status", "plan_call", "place_call"}
host = subprocess.Popen([LAUNCHER, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def pour():
    while piece := sys.stdin.buffer.read1(65536):
        host.stdin.write(piece)
        host.stdin.flush()
    host.stdin.close()
threading.Thread(target=pour, daemon=True).start()
while header := host.stdout.read(4):
    reply = json.loads(host.stdout.read(*struct.unpack("=I", header)))
    if "features" in reply.get("result", {}):
        reply["result"]["features"] = [name for name in reply["result"]["features"] if name in KEPT]
        reply["result"]["host_version"] = "0.0.1"
    body = json.dumps(reply).encode()
    sys.stdout.buffer.write(struct.pack("=I", len(body)) + body)
    sys.stdout.buffer.flush()
"""


def test_the_browser_has_no_complaint_about_the_manifest(browser: Browser) -> None:
    complaints = browser.manifest_complaints()

    if browser.name == "firefox":
        complaints = [one for one in complaints if not any(known in one for known in FIREFOX_WARNINGS)]
    assert complaints == []


def test_web_ext_finds_no_error_and_only_known_warnings(tmp_path: Path) -> None:
    npx = shutil.which("npx")
    assert npx, "Node.js is on PATH"
    command = [npx, "web-ext", "lint", "--source-dir", str(EXTENSION_DIST), "--no-config-discovery"]

    done = subprocess.run(
        [*command, "--output", "json"], cwd=EXTENSION_DIST.parent, capture_output=True, text=True, timeout=120
    )

    report = json.loads(done.stdout)
    assert report["errors"] == []
    assert {warning["code"] for warning in report["warnings"]} <= LINT_WARNINGS


def test_a_host_with_fewer_features_still_calls(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    script = f"LAUNCHER = {installation.launcher()!r}{OLDER_HOST}"
    older = installation.program("older-host", f"#!{sys.executable} -I", script)
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    with installation.broken(path=older):
        person.hover(number.written)
        person.click(number.written)
        person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))

    assert_called(maxo, number.destination)
