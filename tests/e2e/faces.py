"""How the extension's own pages look to the tests: axe-core in them, and what is wider than its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.browser import View

AXE = Path(__file__).resolve().parents[2] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
  %s
  const { violations, passes, incomplete } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  const nodes = (rules) => rules.reduce((sum, rule) => sum + rule.nodes.length, 0);
  return {
    violations: violations.map((rule) =>
      `${rule.id}: ${rule.nodes.map(({ html }) => html.slice(0, 120)).join()}`),
    checked: nodes(passes) + nodes(violations) + nodes(incomplete),
  };
}"""
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("button, h1, h2, label, .say, dt, dd")].filter((one) =>
    one.checkVisibility() && getComputedStyle(one).overflowX === "visible"
      && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1);
  return wide > 0 ? [`the page is ${wide} px too wide`] : cut.map((one) => one.outerHTML.slice(0, 120));
}"""


def accessibility(view: View) -> dict[str, Any]:
    """Run axe-core in a page and return its violations and how many nodes it has checked."""
    found: dict[str, Any] = view.evaluate(RUN_AXE % AXE.read_text())
    return found


def outside(view: View) -> list[str]:
    """Return what is wider than its place."""
    found: list[str] = view.evaluate(OVERFLOW)
    return found
