"""What a person waits for in both real browsers, beside echo hosts in them: ports, hover and click."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.host_programs import c_echo_command, python_echo_command
from tests.bench.tables import print_table, ratio, spread
from tests.e2e.browser import EXTENSION_DIST, Browser, View, until
from tests.e2e.conftest import BROWSERS
from tests.e2e.desktop import Desktop
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.maxo_stand_in import StandIn

PORTS = 20
HOVERS = 12
CLICKS = 15

# From connectNative to the first reply, and from a message on the open port to its reply, in ms.
CONNECT = """(name) => new Promise((resolve, reject) => {
  const begin = performance.now();
  const port = (globalThis.browser ?? chrome).runtime.connectNative(name);
  const hello = { id: 0, type: "hello", protocol_version: 1, extension_version: "0.1.0" };
  let first;
  port.onDisconnect.addListener(() => reject(new Error(`${name} has ended`)));
  port.onMessage.addListener(() => {
    const now = performance.now();
    if (first !== undefined) {
      port.disconnect();
      resolve([first - begin, now - first]);
      return;
    }
    first = now;
    port.postMessage(hello);
  });
  port.postMessage(hello);
})"""

# Notes, in ms since the epoch, when the mouse came and clicked, and when the card said these words.
WATCH = """(words) => {
  const seen = (globalThis.seen = {});
  const note = (event) => { seen[event.type] ??= performance.timeOrigin + event.timeStamp; };
  addEventListener("mousemove", note, true);
  addEventListener("click", note, true);
  const look = () => {
    const host = [...document.documentElement.children]
      .find((one) => !["HEAD", "BODY"].includes(one.nodeName));
    if (host && rootOf(host)?.firstElementChild?.innerText.includes(words)) {
      seen.card = performance.timeOrigin + performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}"""
SEEN = "() => globalThis.seen"


class Bench:
    """One browser with the product, set up for one person."""

    def __init__(self, browser: Browser, installation: Installation, maxo: StandIn, pages: Pages) -> None:
        self.browser, self.installation, self.maxo, self.pages = browser, installation, maxo, pages
        self.person = Person(browser)
        self.numbers = PhoneNumbers()

    def hover_ms(self) -> float:
        """From the mouse on a number to the card that says what would be dialled."""
        number = self.numbers.landline()
        page = self.person.page
        page.open(self.pages.page(f"<p>{number.written}</p>"))
        page.move_to(5, 5)
        until("the number to be found", lambda: page.evaluate("() => CSS.highlights.size"))
        page.evaluate_in_extension(WATCH, sentence("card_will_dial", "").strip())
        self._number = number.written
        page.move_to(*self.person.box_of(number.written).centre)
        until("the card", lambda: page.evaluate_in_extension(SEEN).get("card"))
        seen = page.evaluate_in_extension(SEEN)
        return float(seen["card"] - seen["mousemove"])

    def click_ms(self) -> float:
        """From the click on a number whose card was read to its request at the API."""
        return self._call_ms(lambda: self.person.click(self._number))

    def press_ms(self) -> float:
        """From the click on the card's button to its request at the API."""
        return self._call_ms(lambda: self.person.press(sentence("card_call")))

    def _call_ms(self, act: Callable[[], None]) -> float:
        self.maxo.forget()
        self.hover_ms()
        time.sleep(READING_S)
        act()
        until("the request", lambda: self.maxo.calls)
        clicked = self.person.page.evaluate_in_extension(SEEN)["click"]
        return self.maxo.calls[0].at_s * 1000 - float(clicked)

    def echo(self, word: str, command: list[str]) -> str:
        """Register a program as a host of this name beside ours, and return the whole name."""
        name = f"au.com.maxo.{word}"
        launcher = self.installation.program(word, "#!/bin/sh", f'exec {" ".join(command)} "$@"')
        manifest = json.loads(self.installation.manifest.read_text())
        path = command[0] if len(command) == 1 else launcher
        text = json.dumps(manifest | {"name": name, "path": path})
        self.installation.manifest.with_name(f"{name}.json").write_text(text)
        return name


def ports_ms(view: View, names: dict[str, str]) -> dict[str, list[list[float]]]:
    """The two times of each host, which take turns."""
    times: dict[str, list[list[float]]] = {label: [] for label in names}
    for _ in range(PORTS):
        for label, name in names.items():
            times[label].append(view.evaluate(CONNECT, name))
    return times


def measure(bench: Bench, folder: Path) -> None:
    """Print the tables of one browser."""
    names = {"bare Python echo": bench.echo("python_echo", python_echo_command(folder)[:3])}
    in_c = c_echo_command(folder)
    if in_c:
        names = {"C echo": bench.echo("c_echo", in_c[:1]), **names}
    names["the host"] = bench.installation.manifest.stem
    options = bench.browser.open_options()
    ports = ports_ms(options, names)
    options.close()
    floor = [first for first, _ in next(iter(ports.values()))]
    print(
        f"From connectNative to the reply to `hello`, and one message more on the open port; {PORTS} ports:\n"
    )
    print_table(
        ("host", "min", "median", "max", f"times {next(iter(ports))}", "a message right after it, median"),
        [
            [
                label,
                *spread([t[0] for t in times]),
                ratio([t[0] for t in times], floor),
                spread([t[1] for t in times])[1],
            ]
            for label, times in ports.items()
        ],
    )
    rest, double = _on_purpose("pointer.ts", "REST_MS"), _on_purpose("card-session.ts", "DOUBLE_CLICK_MS")
    rows = []
    for label, wait, count, one in (
        ("mouse on a number to the plan on the card, no host yet", rest, HOVERS, cold(bench)),
        ("the same, host running", rest, HOVERS, bench.hover_ms),
        ("click on the number to the request at the API", double, CLICKS, bench.click_ms),
        ("click on the card's button to the request at the API", 0, CLICKS, bench.press_ms),
    ):
        taken = [one() for _ in range(count)]
        rows.append([label, *spread(taken), str(wait), ratio([ms - wait for ms in taken], floor)])
    print()
    rest_header = ("min", "median", "max", "of it on purpose", f"the rest, times {next(iter(ports))}")
    print_table(("what a person waits for", *rest_header), rows)


def _on_purpose(file: str, constant: str) -> int:
    """How long the extension waits by design, in ms: for the hand to rest, for a second click."""
    text = (EXTENSION_DIST.parent / "src" / "content" / file).read_text()
    found = re.search(rf"{constant} = (\d+);", text)
    assert found, f"{file} has no {constant} any more"
    return int(found[1])


def cold(bench: Bench) -> Callable[[], float]:
    """A hover for which the host has to be started first."""

    def hover() -> float:
        bench.installation.kill_hosts()
        return bench.hover_ms()

    return hover


def main() -> None:
    """Measure in both browsers (or those named as arguments), and print the tables."""
    for name in sys.argv[1:] or BROWSERS:
        print(f"\n### {name.capitalize()} (ms)\n", flush=True)
        desktop = Desktop()
        try:
            browser = BROWSERS[name](desktop)
            try:
                with StandIn() as maxo, Pages() as pages, tempfile.TemporaryDirectory() as folder:
                    installation = Installation(desktop, browser, maxo)
                    installation.command("settings", "set", "calls_per_minute", "60")
                    installation.store_key()
                    measure(Bench(browser, installation, maxo, pages), Path(folder))
            finally:
                browser.quit()
        finally:
            desktop.close()


if __name__ == "__main__":
    main()
