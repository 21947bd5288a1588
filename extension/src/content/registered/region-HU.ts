// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "HU";
globalThis.maxoPlan = {
  region: "HU",
  callingCode: "36",
  trunk: "",
  idd: "00",
  national: "(?:1\\d|[27][2-9]|3[2-7]|4[24-9]|5[2-79]|6[23689]|8[2-57-9]|9[2-69])\\d{6}|(?:[257]0|3[01])\\d{7}|(?:[48]0\\d|680[29])\\d{5}|9[01]\\d{6}|38\\d{7}|21\\d{7}",
  bare: [["1","(\\d)(\\d{3})(\\d{4})"],["[27][2-9]|3[2-7]|4[24-9]|5[2-79]|6|8[2-57-9]|9[2-69]","(\\d{2})(\\d{3})(\\d{3})"],["[2-9]","(\\d{2})(\\d{3})(\\d{3,4})"]],
  local: "",
  emergency: ["112"],
};
