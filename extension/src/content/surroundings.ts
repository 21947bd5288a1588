// What stands around a line of text: the cell or line before it, the head of its column. Read only when a number asks.

import type { Surroundings } from "../detection/find-phone-numbers.js";
import type { Flow } from "./flows.js";

/** The text of an element that may be a label; longer texts are none, and reading them would cost more than they say. */
function label(element: Element | null | undefined): string {
  const text = element && element.childElementCount < 5 ? element.textContent : "";
  return text && text.length < 80 ? text.trim() : "";
}

export function surroundingsOf({ block, prior }: Flow): Surroundings {
  return {
    before: () => prior.trim() || label(block?.previousElementSibling),
    heading() {
      const cell = block?.closest("td");
      const head = cell?.closest("table")?.rows[0];
      return cell && label(head?.contains(cell) ? null : head?.cells[cell.cellIndex]);
    },
  };
}
