// Whether the page behind a number is dark, so that the card suits it. Reads computed styles only.

/** Smaller things, such as a button, do not make the surroundings of a card. */
const SURROUNDING_PX = { width: 240, height: 80 };

/** True when the surface behind this element is dark; without a surface of its own, what the page's canvas shows. */
export function isOnDark(element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = at.parentElement ?? hostOf(at)) {
    const light = lightnessOf(getComputedStyle(at).backgroundColor);
    if (light !== null && isSurface(at)) return light < 0.5;
  }
  const scheme = getComputedStyle(element.ownerDocument.documentElement).colorScheme;
  return /dark/.test(scheme) && (!/light/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Perceived lightness from 0 to 1 of a computed colour; null when one sees through it, or it is none we can read. */
export function lightnessOf(colour: string): number | null {
  const parts = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
  if (parts === null || Number(parts[4] ?? 1) < 0.5) return null;
  const [red = 0, green = 0, blue = 0] = parts.slice(1, 4).map((part) => Number(part) / 255);
  return Math.sqrt(0.299 * red ** 2 + 0.587 * green ** 2 + 0.114 * blue ** 2);
}

function isSurface(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return (width >= SURROUNDING_PX.width && height >= SURROUNDING_PX.height) || element.parentElement === null;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return "host" in root ? (root as ShadowRoot).host : null;
}
