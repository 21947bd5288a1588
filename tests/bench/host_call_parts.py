"""Where the time of one call goes inside the host: its own functions are timed, wrapped from outside."""

from __future__ import annotations

import json
import sys

from tests.bench.host_desk import BenchDesk
from tests.bench.host_programs import FIRST_FRAME, started
from tests.host.host_process import ROOT, encoded, framed

CALLS = 100
WARM_CALLS = 5
PARTS = {
    "the whole call": ("calls", "Calls", "place"),
    "settings and policy, read": ("settings", None, "load_settings"),
    "plan": ("dialling", None, "plan_number"),
    "journal: is the attempt known": ("journal", "Journal", "find"),
    "journal: guard and attempt": ("journal", "Journal", "begin"),
    "key, from memory": ("account", "Account", "key"),
    "request and answer": ("api_connection", "ApiConnection", "post_once"),
    "journal: outcome": ("journal", "Journal", "finish"),
}

# The real host, in which each part's times are kept; a request that it does not know makes it tell them.
TIMED = """
import importlib, json, sys, time
sys.path.insert(0, {root!r})
from native_host import __main__, calls, wire
from native_host.errors import UnknownType
kept = {{}}
def timed(name, holder, attribute):
    usual = getattr(holder, attribute)
    def part(*arguments, **named):
        begin = time.perf_counter()
        try:
            return usual(*arguments, **named)
        finally:
            kept.setdefault(name, []).append((time.perf_counter() - begin) * 1000)
    setattr(holder, attribute, part)
    return usual, part
for name, (module, owner, attribute) in json.loads({parts!r}).items():
    holder = importlib.import_module("native_host." + module)
    usual, part = timed(name, getattr(holder, owner) if owner else holder, attribute)
    if owner is None:
        for name_of_other, other in list(sys.modules.items()):
            if name_of_other.startswith("native_host.") and getattr(other, attribute, 0) is usual:
                setattr(other, attribute, part)
    if name == "settings and policy, read":
        calls.Calls.__init__.__kwdefaults__["load"] = part
def tell():
    raise UnknownType(json.dumps(kept))
wire.READERS["tell"] = lambda _: tell()
__main__.main()
"""


def parts_of_a_call(desk: BenchDesk) -> dict[str, list[float]]:
    """The times of each part, in ms."""
    code = TIMED.format(root=str(ROOT), parts=json.dumps(PARTS))
    with started([sys.executable, "-c", code], desk.environment) as host:
        host.ask(FIRST_FRAME)
        for number in range(WARM_CALLS + CALLS):
            desk.call(host)
            if number % 20 == 0:
                desk.let_time_pass()
        told = json.loads(host.ask(framed(encoded({"id": 2, "type": "tell"}))))
    kept: dict[str, list[float]] = json.loads(told["error"]["message"])
    return {name: kept[name][-CALLS:] for name in PARTS if name in kept}
