// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "FR";
globalThis.maxoPlan = {
  region: "FR",
  callingCode: "33",
  trunk: "0",
  idd: "00",
  national: "(?:26[013-9]|59[1-35-9])\\d{6}|(?:[13]\\d|2[0-57-9]|4[1-9]|5[0-8])\\d{7}|(?:6(?:[0-24-8]\\d|3[0-8]|9[589])|7[3-9]\\d)\\d{6}|80[0-5]\\d{6}|836(?:0[0-36-9]|[1-9]\\d)\\d{4}|8(?:1[2-9]|2[2-47-9]|3[0-57-9]|[569]\\d|8[0-35-9])\\d{6}|80[6-9]\\d{6}|9\\d{8}|8(?:1[01]|2[0156]|4[024]|84)\\d{6}",
  bare: [],
  local: "",
  emergency: ["112"],
};
