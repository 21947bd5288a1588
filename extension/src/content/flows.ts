// The page's text as lines that a reader sees: text nodes with nothing but inline elements between them.

/** One line of text and the text nodes that it comes from. */
export interface Flow {
  readonly nodes: Text[];
  /** Where each node begins in `text`; the text of a part of a line begins later than its first node. */
  readonly starts: number[];
  text: string;
  /** The line before it in the same block. */
  readonly prior: string;
  readonly block: Element | null;
}

/**
 * Elements that a line runs through. All others end it, by their names: footnote marks too, so that they are no further
 * digits, and pictures, fields and custom elements, whose boxes are their own.
 */
const INLINE = new Set(
  "a abbr b bdi bdo big cite data del em font i ins label mark nobr s slot small span strike strong time tt u var wbr".split(
    " ",
  ),
);
/** Elements whose text nobody reads, or that a person types or runs: never looked into. */
const CLOSED = /^(script|style|noscript|textarea|select|code|kbd|samp|svg)$/;

/** The DOM's own numbers, which a build can write out. */
export enum Dom {
  Element = 1,
  Text = 3,
  Following = 4,
  ShowElementsAndText = 5,
}

export const isElement = (node: Node): node is Element => node.nodeType === Dom.Element;
export const isInline = (node: Node): boolean => !isElement(node) || INLINE.has(node.localName);
export const isClosed = (node: Node): boolean => isElement(node) && CLOSED.test(node.localName);

/** The element that a node stands in; for the text of a shadow root its host. */
export const ownerOf = (node: Node): Element | null =>
  node.parentElement ?? (node.getRootNode() as ShadowRoot).host ?? null;

/** The nearest element around a node that is a block by its name. */
export function blockOf(node: Node): Element | null {
  let block = node.parentElement;
  while (block && isInline(block)) block = block.parentElement;
  return block;
}

/** The index of the text node that holds the character at an offset. */
export const nodeAt = ({ starts }: Flow, offset: number): number =>
  starts.findLastIndex((start) => start <= offset);

/** The box that an element's text is set in: the nearest one around it that is not inline; undefined if it is not shown. */
function boxOf(element: Element | null, block: Element | null): Element | null | undefined {
  if (!element || element === block) return block;
  const { display, float, position } = getComputedStyle(element);
  if (display === "none") return undefined;
  const runsOn = /^(inl|con)/.test(display) && float === "none" && !/^[af]/.test(position);
  return runsOn ? boxOf(element.parentElement, block) : element;
}

/** The flow as its boxes, without what is hidden: what only styles tell. Costs time, so it is asked where a number may be. */
export function boxes({ nodes, starts, text, prior, block }: Flow): Flow[] {
  const parts: Flow[] = [];
  let last: Element | null | undefined;
  nodes.forEach((node, i) => {
    const box = boxOf(node.parentElement, block);
    if (box === undefined) return;
    if (!parts[0] || box !== last)
      parts.push({ nodes: [], starts: [], text: "", prior: parts.at(-1)?.text ?? prior, block });
    const part = parts.at(-1) as Flow;
    last = box;
    part.nodes.push(node);
    part.starts.push(part.text.length);
    part.text += text.slice(starts[i], starts[i + 1]);
  });
  return parts;
}

/** The flow's printed lines, where white space is printed as it is. */
export const lines = (flow: Flow): Flow[] =>
  Array.from(flow.text.matchAll(/[^\n]{3,}/g), ({ 0: text, index }) => ({
    ...flow,
    starts: flow.starts.map((start) => start - index),
    text,
  }));
