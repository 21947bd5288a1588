// Registered where nothing is to be marked: this site, or everywhere ("right-click only").

globalThis.maxoOff = true;

export {};
