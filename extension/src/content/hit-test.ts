// What a press at a point really lands on, in this frame and through the frames around it. Reads only.
// A form's fields can stand in for its own properties, so those that are followed upward are read from the prototypes.

/** Whether a press at this point of the element's frame lands on it, also through all frames that can be looked into. */
export function isHit(owner: Element, x: number, y: number): boolean {
  const doc = owner.ownerDocument;
  const top = (owner.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
  if (top === null || !owner.contains(top) || showsOldPicture(doc)) return false;
  const frame = frameElementOf(doc.defaultView);
  return frame === null || isHit(frame, ...throughFrame(frame as HTMLElement, x, y));
}

/** The element around this one as it is drawn: through slots, shadow roots and frames of the same origin. */
export function drawnParentOf(element: Element): Element | null {
  return (
    (Reflect.get(Element.prototype, "assignedSlot", element) as Element | null) ??
    (Reflect.get(Node.prototype, "parentElement", element) as Element | null) ??
    hostOf(element) ??
    frameElementOf((Reflect.get(Node.prototype, "ownerDocument", element) as Document).defaultView)
  );
}

/** The element whose shadow root this element stands in. */
export function hostOf(element: Element): Element | null {
  const root = Node.prototype.getRootNode.call(element);
  return "host" in root ? (root as ShadowRoot).host : null;
}

export function frameElementOf(frame: Window | null): Element | null {
  try {
    return frame?.frameElement ?? null;
  } catch {
    return null; // Firefox throws for a frame of another origin where Chromium answers null.
  }
}

/** While a view transition runs, pictures that the page styles are drawn over everything, the card too. */
function showsOldPicture(doc: Document): boolean {
  return doc.documentElement.matches(":active-view-transition");
}

function throughFrame(frame: HTMLElement, x: number, y: number): [number, number] {
  const { left, top, width, height } = frame.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(frame);
  return [
    left + (frame.clientLeft + Number.parseFloat(paddingLeft) + x) * (width / frame.offsetWidth),
    top + (frame.clientTop + Number.parseFloat(paddingTop) + y) * (height / frame.offsetHeight),
  ];
}
