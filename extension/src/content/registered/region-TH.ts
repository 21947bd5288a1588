// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "TH";
globalThis.maxoPlan = {
  region: "TH",
  callingCode: "66",
  trunk: "0",
  idd: "00[1-9]",
  national: "(?:1[0689]|2\\d|3[2-9]|4[2-5]|5[2-6]|7[3-7])\\d{6}|(?:(?:14|[89]\\d)\\d\\d|6(?:[1-6]\\d\\d|7(?:1[0-8]|2[4-7]|3[1-6])))\\d{5}|(?:001800\\d|1800)\\d{6}|1900\\d{6}|6[08]\\d{7}",
  bare: [["1","(\\d{4})(\\d{3})(\\d{3})"]],
  local: "",
  emergency: ["112"],
};
