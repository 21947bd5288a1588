// How the card looks, as one style sheet for its shadow root. No font, image or address from outside.
// No custom properties either: a page's `@property` rules hold in shadow trees too, and could make every colour transparent.

const PAPER = "light-dark(#ffffff, #26272b)";
const INK = "light-dark(#1b1c1f, #f2f3f5)";
const SOFT = "light-dark(#5c6068, #a9adb6)";
const LINE = "light-dark(#00000021, #ffffff29)";
const HOVER = "light-dark(#0000000d, #ffffff14)";
const ACCENT = "light-dark(#0a5fd1, #7db2ff)";
const ACCENT_HOVER = "light-dark(#084fb0, #9cc4ff)";
const ON_ACCENT = "light-dark(#ffffff, #0b1a30)";
const GOOD = "light-dark(#12703c, #7ddba0)";
const WARNING = "light-dark(#8a5300, #f2c06b)";
const BAD = "light-dark(#b3261e, #ff9d95)";

/** Every declaration of the host is `!important`: inside a shadow root that wins over anything a page can write. */
const HOST = `
:host, :host::backdrop { all: initial !important; display: none !important; }
:host(:popover-open) {
  display: block !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  width: 0 !important;
  height: 0 !important;
  overflow: visible !important;
  transition: none !important;
}`;

const CARD = `
.card {
  position: fixed; box-sizing: border-box; display: grid; gap: 2px;
  width: max-content; min-width: min(248px, 100vw - 8px); max-width: min(320px, 100vw - 8px);
  padding: 10px 12px 12px; border: 1px solid ${LINE}; border-radius: 12px;
  background: ${PAPER}; color: ${INK}; color-scheme: light;
  box-shadow: 0 1px 2px #0000000f, 0 8px 24px #00000029;
  font: 400 13px/18px system-ui, sans-serif; /* Generic names only: others can be a font of the page. */
  text-align: start; cursor: default; user-select: none; -webkit-user-select: none;
  animation: appear 90ms ease-out;
}
.card.dark {
  color-scheme: dark; box-shadow: 0 1px 2px #00000052, 0 8px 28px #0000008a;
}
@keyframes appear { from { translate: 0 2px; } }
@media (prefers-reduced-motion: reduce) { .card { animation: none; } }
[hidden] { display: none !important; }
.head { display: flex; align-items: center; gap: 8px; }
.title { flex: 1; font-size: 16px; line-height: 22px; font-weight: 600; font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
.soft { color: ${SOFT}; }
.dials { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.note::before { content: "\\2022\\00a0"; }
.status { overflow-wrap: anywhere; }
.status.good { color: ${GOOD}; font-weight: 500; }
.status.warning { color: ${WARNING}; }
.status.bad { color: ${BAD}; }
.status:empty { position: absolute; }
.status:not(.quiet) { margin-top: 4px; }
.status.quiet { color: ${SOFT}; }
.foot { display: flex; align-items: center; gap: 12px; margin-top: 6px; }
.rings { flex: 1; }
button {
  all: unset; box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: 6px;
  border-radius: 8px; cursor: pointer; font-weight: 600; white-space: nowrap;
}
button:focus-visible { outline: 2px solid ${ACCENT}; outline-offset: 2px; }
.act { min-height: 30px; min-width: 72px; padding: 0 12px; margin-inline-start: auto; background: ${ACCENT}; color: ${ON_ACCENT}; }
.act:hover { background: ${ACCENT_HOVER}; }
.act[aria-disabled="true"] { background: ${HOVER}; color: ${SOFT}; cursor: default; }
.copy { min-height: 26px; min-width: 26px; margin: -2px -4px; color: ${SOFT}; }
.copy:hover { background: ${HOVER}; color: ${INK}; }
.copy.done { color: ${GOOD}; }
svg { width: 15px; height: 15px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** One line, for frames that have no room for more. */
const COMPACT = `
.card.compact { display: flex; align-items: center; gap: 8px; padding: 3px 4px 3px 10px; border-radius: 8px; min-width: 0; max-width: calc(100vw - 8px); }
.compact :is(.title, .place, .note, .copy) { display: none; }
.compact :is(.dials, .rings, .status) { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; overflow-wrap: normal; }
.compact .foot { flex: none; margin: 0; }
.compact .head { display: none; }
.compact .act { flex: none; min-height: 24px; min-width: 0; }
.compact .status { min-width: 0; margin-inline-end: 6px; }
.compact:has(.status:not(:empty)) :is(.dials, .rings), .compact svg { display: none; }
`;

const FORCED_COLOURS = `
@media (forced-colors: active) {
  .card { border-color: CanvasText; box-shadow: none; background: Canvas; color: CanvasText; }
  .soft, .status { color: CanvasText !important; }
  .act { border: 1px solid ButtonText; background: ButtonFace; color: ButtonText; }
  .copy { color: ButtonText; }
  .act[aria-disabled="true"] { color: GrayText; border-color: GrayText; }
}`;

export const CARD_STYLE = HOST + CARD + COMPACT + FORCED_COLOURS;
