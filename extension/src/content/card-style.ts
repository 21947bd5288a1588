// How the card looks, as one style sheet for its shadow root. No font, image or address from outside.

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
  --paper: #ffffff; --ink: #1b1c1f; --soft: #5c6068; --line: #00000021; --hover: #0000000d;
  --accent: #0a5fd1; --accent-hover: #084fb0; --on-accent: #ffffff;
  --good: #12703c; --warning: #8a5300; --bad: #b3261e;
  position: fixed; box-sizing: border-box; display: grid; gap: 2px;
  width: max-content; min-width: min(248px, 100vw - 8px); max-width: min(320px, 100vw - 8px);
  padding: 10px 12px 12px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--paper); color: var(--ink); color-scheme: light;
  box-shadow: 0 1px 2px #0000000f, 0 8px 24px #00000029;
  font: 400 13px/18px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-align: start; cursor: default; user-select: none; -webkit-user-select: none;
  animation: appear 90ms ease-out;
}
.card.dark {
  --paper: #26272b; --ink: #f2f3f5; --soft: #a9adb6; --line: #ffffff29; --hover: #ffffff14;
  --accent: #7db2ff; --accent-hover: #9cc4ff; --on-accent: #0b1a30;
  --good: #7ddba0; --warning: #f2c06b; --bad: #ff9d95;
  color-scheme: dark; box-shadow: 0 1px 2px #00000052, 0 8px 28px #0000008a;
}
@keyframes appear { from { translate: 0 2px; } }
@media (prefers-reduced-motion: reduce) { .card { animation: none; } }
[hidden] { display: none !important; }
.head { display: flex; align-items: center; gap: 8px; }
.title { flex: 1; font-size: 16px; line-height: 22px; font-weight: 600; font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
.soft { color: var(--soft); }
.dials { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.note::before { content: "\\2022\\00a0"; }
.status { overflow-wrap: anywhere; }
.status.good { color: var(--good); font-weight: 500; }
.status.warning { color: var(--warning); }
.status.bad { color: var(--bad); }
.status:empty { position: absolute; }
.status:not(.quiet) { margin-top: 4px; }
.status.quiet { color: var(--soft); }
.foot { display: flex; align-items: center; gap: 12px; margin-top: 6px; }
.rings { flex: 1; }
button {
  all: unset; box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: 6px;
  border-radius: 8px; cursor: pointer; font-weight: 600; white-space: nowrap;
}
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.act { min-height: 30px; min-width: 72px; padding: 0 12px; margin-inline-start: auto; background: var(--accent); color: var(--on-accent); }
.act:hover { background: var(--accent-hover); }
.act[aria-disabled="true"] { background: var(--hover); color: var(--soft); cursor: default; }
.copy { min-height: 26px; min-width: 26px; margin: -2px -4px; color: var(--soft); }
.copy:hover { background: var(--hover); color: var(--ink); }
.copy.done { color: var(--good); }
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
