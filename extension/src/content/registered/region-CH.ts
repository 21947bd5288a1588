// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "CH";
globalThis.maxoPlan = {
  region: "CH",
  callingCode: "41",
  trunk: "0",
  idd: "00",
  national: "(?:2[12467]|3[1-4]|4[134]|5[256]|6[12]|[7-9]1)\\d{7}|(?:6[89]|7[235-9])\\d{7}|800\\d{6}|90[016]\\d{6}|878\\d{6}|5[18]\\d{7}|84[0248]\\d{6}",
  bare: [],
  local: "",
  emergency: ["112"],
};
