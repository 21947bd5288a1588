// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "PH";
globalThis.maxoPlan = {
  region: "PH",
  callingCode: "63",
  trunk: "0",
  idd: "00",
  national: "(?:(?:2[3-8]|3[2-68]|4[2-9]|5[2-6]|6[2-58]|7[24578])\\d{3}|88(?:22\\d\\d|42))\\d{4}|(?:2|8[2-8]\\d\\d)\\d{5}|(?:8(?:1[37]|9[5-8])|9(?:0[5-9]|1[0-24-9]|[235-7]\\d|4[2-9]|8[135-9]|9[1-9]))\\d{7}|1800\\d{7,9}",
  bare: [["1","(\\d{4})(\\d{3})(\\d{4})"],["1","(\\d{4})(\\d{1,2})(\\d{3})(\\d{4})"]],
  local: "",
  emergency: ["112"],
};
