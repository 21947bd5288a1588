"""`python -m tests.maxo_stand_in --port 0 --ready-file F`: the stand-in for others and the demo."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from tests.maxo_stand_in.server import StandIn


def _say(line: str) -> None:
    print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="maxo_stand_in", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument(
        "--tls", type=Path, metavar="DIR", help="serve https; the authority goes to DIR/ca.pem"
    )
    parser.add_argument(
        "--ready-file", type=Path, metavar="F", help="JSON (url, ca_file, valid_key …), written when ready"
    )
    parser.add_argument("--phones", default="101,107", help="extension numbers that are connected")
    parser.add_argument("--parameters-first", action="store_true", help="check parameters before the key")
    return parser.parse_args()


def _write_ready_file(path: Path, stand_in: StandIn) -> None:
    ready = {
        "url": stand_in.url,
        "ca_file": str(stand_in.ca_file) if stand_in.ca_file else None,
        "valid_key": stand_in.valid_key,
        "powerless_key": stand_in.powerless_key,
        "pid": os.getpid(),
    }
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text(json.dumps(ready))
    unfinished.replace(path)


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    arguments = _arguments()
    stand_in = StandIn(port=arguments.port, tls_dir=arguments.tls, announce=_say)
    stand_in.registered_phones = set(filter(None, arguments.phones.split(",")))
    stand_in.order = "parameters_first" if arguments.parameters_first else "key_first"
    _say(f"The stand-in for MaxoTel's API listens on {stand_in.url}")
    if arguments.ready_file:
        # The socket listens already: a client that is quicker than the server waits in its queue.
        _write_ready_file(arguments.ready_file, stand_in)
    stand_in.serve_until_stopped()


if __name__ == "__main__":
    main()
