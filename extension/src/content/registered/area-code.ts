// Registered when an area code is set: numbers written without one may be marked.

globalThis.maxoAreaCode = true;

export {};
