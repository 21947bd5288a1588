// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "SG";
globalThis.maxoPlan = {
  region: "SG",
  callingCode: "65",
  trunk: "",
  idd: "0[0-3]\\d",
  national: "662[0-24-9]\\d{4}|6(?:[0-578]\\d|6[013-57-9]|9[0-35-9])\\d{5}|80[1-9]\\d{5}|(?:8[1-9]|9[0-8])\\d{6}|(?:18|8)00\\d{7}|1900\\d{7}|7000\\d{7}|(?:3[12]\\d|666)\\d{5}",
  bare: [["[369]|8(?:0[1-9]|[1-9])","(\\d{4})(\\d{4})"],["8","(\\d{3})(\\d{3})(\\d{4})"],["7","(\\d{4})(\\d{4})(\\d{3})"],["1","(\\d{4})(\\d{3})(\\d{4})"]],
  local: "",
  emergency: ["995"],
};
