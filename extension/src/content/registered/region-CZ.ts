// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "CZ";
globalThis.maxoPlan = {
  region: "CZ",
  callingCode: "420",
  trunk: "",
  idd: "00",
  national: "(?:2\\d|3[1257-9]|4[16-9]|5[13-9])\\d{7}|7060\\d{5}|(?:60[1-8]|7(?:0[2-5]|19|[2379]\\d))\\d{6}|800\\d{6}|9(?:0[05689]|76)\\d{6}|70[01]\\d{6}|9(?:5\\d|7[2-4])\\d{6}|9[17]0\\d{6}|8[134]\\d{7}",
  bare: [["[2-8]|9[015-7]","(\\d{3})(\\d{3})(\\d{3})"],["96","(\\d{2})(\\d{3})(\\d{3})(\\d{2})"],["9","(\\d{2})(\\d{3})(\\d{3})(\\d{3})"],["9","(\\d{3})(\\d{3})(\\d{3})(\\d{3})"]],
  local: "",
  emergency: ["112"],
};
