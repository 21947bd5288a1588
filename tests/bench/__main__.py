"""`make bench`: what the product costs, as tables in Markdown. `python -m tests.bench NAME…` runs only those.

A bench is a module of this package whose `main` prints its tables; each runs in a process of its own. Compare
ratios within one run: absolute times are this machine's, at this moment.
"""

import subprocess
import sys

BENCHES = ("host_start", "host_call", "host_at_rest", "host_in_browser", "packages")


def main(names: list[str]) -> int:
    """Run the named benches, or all; return 1 if one of them failed."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench {unknown[0]!r}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    ends = []
    for name in names or BENCHES:
        print(f"## {name}\n", flush=True)
        ends.append(subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode)
        print(flush=True)
    return 1 if any(ends) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
