"""The doctor's lines as the extension asks for them: through the host, with nothing secret in them."""

import json

from tests.host.host_process import HostProcess
from tests.host.placing import KEY, placing
from tests.maxo_stand_in import StandIn


def test_the_host_says_what_is_right_and_rings_nothing(host: HostProcess, maxo: StandIn) -> None:
    found = {finding["about"]: finding for finding in host.result("diagnose")["findings"]}

    assert {about: found[about]["state"] for about in ("settings", "keyring", "key", "api")} == {
        "settings": "ok", "keyring": "ok", "key": "ok", "api": "ok",
    }  # fmt: skip
    assert found["registration"]["state"] == "fault"  # no browser has been started in this home
    assert all(
        finding.keys() == {"about", "state", "text", "browser", "milliseconds"} for finding in found.values()
    )
    assert KEY not in json.dumps(found)
    assert [call.body for call in maxo.calls if call.body and call.body.get("destination")] == []


def test_a_call_is_planned_and_placed_while_the_doctor_is_at_work(host: HostProcess, maxo: StandIn) -> None:
    maxo.behave("delay", seconds=1.0, times=2)
    diagnosis = host.post("diagnose")
    plan = host.post("plan_call", text="13 12 34", source="page", phone=None)
    call = host.post("place_call", **placing())
    first = host.reply()
    others = {reply["id"]: reply for reply in (host.reply() for _ in range(2))}

    assert (first["id"], first["result"]["decision"]) == (plan, "allow")
    assert others[call]["result"]["outcome"] == "queued"
    assert others[diagnosis]["ok"]
