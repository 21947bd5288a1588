// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "TR";
globalThis.maxoPlan = {
  region: "TR",
  callingCode: "90",
  trunk: "0",
  idd: "00",
  national: "(?:2(?:1[26]|[28][2468]|[3-5][268]|[67][246])|3(?:[13][28]|[24-6][2468]|[78][02468]|92)|4(?:[16][246]|[23578][2468]|4[26]))\\d{7}|5(?:61(?:011|61\\d)|82[2-5]\\d\\d)\\d{4}|5(?:[03-5]\\d|1[06]|24|6[24]|7[245]|9[46])\\d{7}|8(?:00\\d{7}(?:\\d{2,3})?|11\\d{7})|(?:8[89]8|900)\\d{7}|592(?:21[12]|461)\\d{4}|444\\d{4}|850\\d{7}",
  bare: [["512|8[01589]|90","(\\d{3})(\\d{3})(\\d{4})",1],["5","(\\d{3})(\\d{3})(\\d{2})(\\d{2})",1],["[24][1-8]|3[1-9]","(\\d{3})(\\d{3})(\\d{2})(\\d{2})",1],["80","(\\d{3})(\\d{3})(\\d{6,7})",1]],
  local: "",
  emergency: ["112"],
};
