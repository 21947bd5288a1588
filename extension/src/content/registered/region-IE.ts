// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "IE";
globalThis.maxoPlan = {
  region: "IE",
  callingCode: "353",
  trunk: "0",
  idd: "00",
  national: "(?:1\\d|21)\\d{6,7}|(?:2[24-9]|4(?:0[24]|5\\d|7)|5(?:0[45]|1\\d|8)|6(?:1\\d|[237-9])|9(?:1\\d|[35-9]))\\d{5}|(?:23|4(?:[1-469]|8\\d)|5[23679]|6[4-6]|7[14]|9[04])\\d{7}|8(?:22|[35-9]\\d)\\d{6}|1800\\d{6}|15(?:1[2-8]|[2-8]0|9[089])\\d{6}|700\\d{6}|818\\d{6}|76\\d{7}|18[59]0\\d{6}",
  bare: [["1","(\\d{4})(\\d{3})(\\d{3})"]],
  local: "",
  emergency: ["999"],
};
