// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "RO";
globalThis.maxoPlan = {
  region: "RO",
  callingCode: "40",
  trunk: "0",
  idd: "00",
  national: "[23][13-6]\\d{7}|(?:2(?:19\\d|[3-6]\\d9)|31\\d\\d)\\d\\d|7020\\d{5}|7(?:0[013-9]|1[0-3]|[2-7]\\d|8[03-8]|9[0-39])\\d{6}|800\\d{6}|90[0136]\\d{6}|(?:37\\d|80[578])\\d{6}|801\\d{6}",
  bare: [],
  local: "",
  emergency: ["112"],
};
