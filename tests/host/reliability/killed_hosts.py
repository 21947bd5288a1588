"""Hosts that die at a chosen step of placing a call: a line of the product's own code, in whatever thread.

The product has no hook for this: Python's trace function counts its lines.
"""

from __future__ import annotations

from tests.host.host_process import HostProcess
from tests.host.placing import until
from tests.host.reliability.call_runs import CallDesk

# Counts from when the main thread has read the request; step 0 counts all steps, one dot each on stderr.
DYING = """
import os, signal, sys, threading
from native_host import __main__
last, home = {step}, os.path.dirname(__main__.__file__)
steps, counting = 0, False
def count(frame, event, _):
    global steps
    if counting and event == "line":
        steps += 1
        if not last:
            os.write(2, b".")
        elif steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return count
def trace(frame, event, argument):
    global counting
    if not frame.f_code.co_filename.startswith(home):
        return None
    if frame.f_code.co_name == "_take_request" and b'"place_call"' in frame.f_locals["frame"]:
        counting = True
    return count
threading.settrace(trace)
sys.settrace(trace)
__main__.main()
"""


def steps_of(desk: CallDesk) -> int:
    """How many steps a call without a fault has."""
    host = that_dies_at_step(desk, 0)
    desk.run(None, host=host, what="counting the steps")
    host.close_port()
    host.wait()
    until(lambda: host.errors)
    return host.errors.count(".")


def that_dies_at_step(desk: CallDesk, step: int) -> HostProcess:
    """A host that is ready to call, and will die at this step of its first call."""
    host = desk.start(DYING.format(step=step))
    host.result("get_settings")
    return host
