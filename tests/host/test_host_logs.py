"""What a whole host leaves in its log after everything that can be asked of it: no number, key or page."""

import re
from collections.abc import Callable

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess, framed
from tests.host.placing import KEY, SYDNEY, placing
from tests.maxo_stand_in import StandIn
from tests.maxo_stand_in.behaviour import Kind

PAGE = "https://crm.example.com/customers/4711?name=Jane"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NUMBERS = ("0299998888", "0412345678", "0011442079460018", "131234", "1900123456", "61299998888")
BREAK_PLANNING = """
import native_host.calls as calls
def broken(text, source, settings):
    raise RuntimeError(f"no plan for {text}")
calls.plan_number = broken
from native_host.__main__ import main
main()
"""


def log_of(desktop: Desktop) -> str:
    files = list((desktop.home / ".local/state/maxo-click-to-call/log").glob("host.log*"))
    assert files
    return "".join(file.read_text("utf-8") for file in files)


def ask_for_everything(host: HostProcess, maxo: StandIn) -> None:
    """Good requests, bad ones, and each way in which a call can fail."""
    behaviours: tuple[Kind | None, ...]
    behaviours = (
        None,
        "unavailable",
        "rejected",
        "status",
        "html",
        "drop_after_reading",
        "drop_before_reading",
    )
    for behaviour in behaviours:
        if behaviour:
            maxo.behave(behaviour)
        host.ask("place_call", **placing(confirmed=["repeated", "burst"]))
    host.ask("place_call", **placing("+44 20 7946 0018", "0011442079460018", confirmed=["international"]))
    host.ask("place_call", **placing("1900 123 456", "1900123456"))
    host.ask("place_call", **placing("0412 345 678", "0412345679"))
    for text in (SYDNEY, "+61 2 9999 8888", "0412 345 678", "13 12 34", PAGE, f"tel:{SYDNEY}", KEY, "000"):
        host.ask("plan_call", text=text, source="page", phone=None)
        host.ask("plan_call", text=text, source="typed", phone="0412345678")
    host.ask("plan_call", text=SYDNEY, source=PAGE, phone=None)
    host.ask(PAGE)
    host.ask("update_settings", settings={PAGE: "0299998888", "region": "0412 345 678"})
    host.ask("update_settings", settings={"outside_line_prefix": "0412345678"})
    host.ask("set_api_key", api_key=f"{KEY} {KEY}")
    host.ask("check_api_key")
    host.ask("list_calls", limit=5, before=None, search="0299998888")
    host.ask("diagnose")
    host.ask("get_call", attempt=KEY)
    for request in ("get_status", "get_settings", "clear_calls", "delete_api_key"):
        host.ask(request)
    host.write(framed(f'{{"id":1,"type":"{KEY}", 0299998888 {PAGE}'.encode()))
    assert host.reply()["error"]["code"] == "bad_request"


def test_no_log_line_has_a_number_of_more_than_three_digits_a_key_or_a_page(
    host: HostProcess, start: Callable[..., HostProcess], desktop: Desktop, maxo: StandIn
) -> None:
    ask_for_everything(host, maxo)
    broken = start(BREAK_PLANNING)
    broken.result("set_api_key", api_key=KEY)
    broken.ask("plan_call", text="0412 345 678", source="page", phone=None)
    log = log_of(desktop)

    assert "no plan for •••• ••• 678" in log
    assert "attempt " in log
    assert KEY not in log
    assert "crm.example.com" not in log
    assert "customers" not in log
    lines = re.sub(r"^\S+ \S+ \w+ \d+ ", "", re.sub(UUID, "", log), flags=re.MULTILINE)
    for number in NUMBERS:
        for part in (number[:-3], number[-4:]):
            found = re.search(r"[ ().\-/]{0,2}".join(part), lines)
            assert found is None, (part, found)
