// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "FJ";
globalThis.maxoPlan = {
  region: "FJ",
  callingCode: "679",
  trunk: "",
  idd: "0(?:0|52)",
  national: "603\\d{4}|(?:3[0-6]|6[25-7]|8[58])\\d{5}|(?:[279]\\d|45|5[01568]|8[034679])\\d{5}|0800\\d{7}",
  bare: [["[235-9]|45","(\\d{3})(\\d{4})"],["0","(\\d{4})(\\d{3})(\\d{4})"]],
  local: "",
  emergency: ["112"],
};
