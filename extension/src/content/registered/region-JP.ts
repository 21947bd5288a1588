// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "JP";
globalThis.maxoPlan = {
  region: "JP",
  callingCode: "81",
  trunk: "0",
  idd: "010",
  national: "(?:1(?:1[235-8]|2[3-6]|3[3-9]|4[2-6]|[58][2-8]|6[2-7]|7[2-9]|9[1-9])|(?:2[2-9]|[36][1-9])\\d|4(?:[2-578]\\d|6[02-8]|9[2-59])|5(?:[2-589]\\d|6[1-9]|7[2-8])|7(?:[25-9]\\d|3[4-9]|4[02-9])|8(?:[2679]\\d|3[2-9]|4[5-9]|5[1-9]|8[03-9])|9(?:[2-58]\\d|[679][1-9]))\\d{6}|[6-9]0[1-9]\\d{7}|00777(?:[01]|5\\d)\\d\\d|(?:00(?:7778|882[1245])|(?:120|800\\d)\\d\\d)\\d{4}|00(?:37|66|78)\\d{6,13}|990\\d{6}|60\\d{7}|570\\d{6}|50[1-9]\\d{7}",
  bare: [],
  local: "",
  emergency: ["112"],
  prefix: "(000[2569]\\d{4,6})$|(?:(?:003768)0?)|0",
  transform: "$1",
};
