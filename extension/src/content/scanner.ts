// Reads a document for numbers in small slices of background time: a native gate first, lines of text only where it
// opens. Writes nothing, paints nothing.

import { findPhoneNumbers, mayHoldNumber, type PhoneNumberMatch } from "../detection/find-phone-numbers.js";
import type { Plan } from "../detection/plan.js";
import {
  blockOf,
  boxes,
  Dom,
  type Flow,
  isClosed,
  isElement,
  isInline,
  lines,
  nodeAt,
  ownerOf,
} from "./flows.js";
import { surroundingsOf } from "./surroundings.js";

/** Where one unit of work ends. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  /** A slice's own time. With the last unit of work in it a slice stays under 8 ms, which no frame notices. */
  SliceMs = 4,
  /** Elements up to which a subtree is gated as a whole, in one native call. */
  GatedElements = 30_000,
  /** Text up to which a subtree behind an open gate is read whole instead of gated again part by part. */
  ReadWholeCharacters = 8_000,
  /** Elements of subtrees without numbers that are all asked for a shadow root; 100,000 of them would cost 50 ms. */
  LookedInto = 5_000,
  /** Siblings that a line may have on either side when it is read again. */
  LineSiblings = 200,
}

/** Where text is a person's own, an action, a time or a program: never offered. Preformatted text is read line by line. */
const EXCLUDED = "code,kbd,samp,time,:read-write,[role$=box]";

/**
 * What may have a shadow root in a big page's subtree whose own text holds no number: all but the commonest elements, most
 * common first, because the browser compares in this order. A root on one of these is met when the pointer is in it.
 */
const HOSTS =
  ":not(div,span,a,p,li,td,tr,b,i,img,br,ul,path,svg,h2,h3,em,strong,input,label,option,script,link)";

export interface ScanListener {
  /** A number in a line, and the element of its text. */
  found(flow: Flow, match: PhoneNumberMatch, parent: Element): void;
  /** A text node is about to be read, perhaps again. */
  reading(node: Text): void;
  /** An element came by that may hold more than its children. */
  element(element: Element): void;
  /** A slice is done. */
  sliced(): void;
}

export interface Scanner {
  /** Queues a subtree. */
  scan(node: Node): void;
  /** Queues the line that a node stands in. */
  scanLine(node: Node): void;
  stop(): void;
}

export function createScanner(
  plan: Plan,
  areaCode: boolean,
  { found, reading, element, sliced }: ScanListener,
): Scanner {
  let queue: Generator<void>[] = [];
  let nodes: Text[] = [];
  let block: Element | null = null;
  /** The line before, and the block that it stood in. */
  let prior = "";
  let priorBlock: Element | null = null;
  let waiting = false;
  let looked = 0;

  /** Ends the line that is being gathered, and searches it. */
  function flush(): void {
    if (!nodes[0]) return;
    let text = "";
    const starts = nodes.map((node) => {
      reading(node);
      text += node.data;
      return text.length - node.length;
    });
    if (mayHoldNumber(text, plan)) {
      const pre = block?.localName === "pre";
      const flow = { nodes, starts, text, prior: block === priorBlock ? prior : "", block };
      for (const line of pre ? lines(flow) : [flow]) search(line, pre);
    }
    if (text.trim()) [prior, priorBlock] = [text.length > 60 ? "" : text, block];
    nodes = [];
  }

  function search(flow: Flow, pre: boolean, styled = flow.nodes.length < 2): void {
    const { nodes, text, starts } = flow;
    // Between text nodes that follow each other nothing stands.
    const borders = new Set(starts.filter((_, i) => nodes[i]?.previousSibling !== nodes[i - 1]));
    const matches = findPhoneNumbers(text, {
      plan,
      areaCode,
      borders,
      around: surroundingsOf(flow),
      pre,
    });
    // A number that crosses elements, or none where one may be: the styles tell what stands together.
    if (
      !styled &&
      (!matches[0] || matches.some(({ start, end }) => nodeAt(flow, start) < nodeAt(flow, end - 1)))
    ) {
      for (const box of boxes(flow)) search(box, pre, true);
      return;
    }
    for (const match of matches) {
      const parent = ownerOf(flow.nodes[nodeAt(flow, match.start)] as Text);
      if (!parent || parent.closest(EXCLUDED)) continue;
      if (!pre && match.raw.includes("\n") && /^pre/.test(getComputedStyle(parent).whiteSpace)) {
        for (const line of lines(flow)) search(line, true, true);
        return;
      }
      found(flow, match, parent);
    }
  }

  /** Gathers a subtree's text into lines. */
  function* read(root: Node): Generator<void> {
    const walker = document.createTreeWalker(root, Dom.ShowElementsAndText);
    let node: Node | null = root;
    for (let steps = 1; node; steps++) {
      if (steps % 32 === 0) yield;
      if (isElement(node)) {
        element(node);
        if (!isInline(node)) flush();
      } else if (node.nodeType === Dom.Text) {
        const own = blockOf(node);
        if (own !== block) flush();
        block = own;
        nodes.push(node as Text);
      }
      const skip = isClosed(node);
      node = skip ? walker.nextSibling() : walker.nextNode();
      while (skip && !node && walker.parentNode()) node = walker.nextSibling();
    }
  }

  /** Gates a subtree, and reads it or its parts where a number may be. */
  function* scanTree(node: Node): Generator<void> {
    if (node.nodeType === Dom.Text || (isElement(node) && isInline(node))) return yield* read(node);
    flush();
    if (isElement(node)) element(node);
    // A bigger one is only descended into. Counted natively, and no further than needed.
    const gated = isElement(node) && !node.getElementsByTagName("*").item(Bound.GatedElements);
    const text = gated ? (node.textContent as string) : "";
    yield;
    if (gated && (isClosed(node) || !mayHoldNumber(text, plan))) {
      const hosts = node.querySelectorAll(looked < Bound.LookedInto ? "*" : HOSTS);
      looked += hosts.length;
      hosts.forEach(element);
    } else if (gated && text.length < Bound.ReadWholeCharacters) yield* read(node);
    else for (let child = node.firstChild; child; child = child.nextSibling) yield* scanTree(child);
    flush();
  }

  function* scanLineOf(node: Node): Generator<void> {
    let first = node;
    while (isInline(first) && first.parentElement && isInline(first.parentElement))
      first = first.parentElement;
    const ends = (other: Node | null): boolean => !other || !isInline(other) || !isInline(first);
    for (let i = 0; i < Bound.LineSiblings && !ends(first.previousSibling); i++)
      first = first.previousSibling as Node;
    for (let each: Node | null = first; each; each = ends(each.nextSibling) ? null : each.nextSibling)
      yield* scanTree(each);
    flush();
  }

  function slice(): void {
    waiting = false;
    const deadline = performance.now() + Bound.SliceMs;
    while (queue[0] && performance.now() < deadline) if (queue[0].next().done) queue.shift();
    sliced();
    if (queue[0]) later();
  }

  /** Background tasks leave frames their time; yielding between slices does not. */
  function later(task?: Generator<void>): void {
    if (task) queue.push(task);
    if (!waiting) void scheduler.postTask(slice, { priority: "background" });
    waiting = true;
  }

  return {
    scan: (node) => later(scanTree(node)),
    scanLine: (node) => later(scanLineOf(node)),
    stop() {
      queue = [];
      nodes = [];
    },
  };
}
