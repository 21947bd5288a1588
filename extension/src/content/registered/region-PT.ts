// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "PT";
globalThis.maxoPlan = {
  region: "PT",
  callingCode: "351",
  trunk: "",
  idd: "00",
  national: "2(?:[12]\\d|3[1-689]|4[1-59]|[57][1-9]|6[1-35689]|8[1-69]|9[1256])\\d{6}|6(?:[06]92(?:30|9\\d)|[35]92(?:[049]\\d|3[034]))\\d{3}|(?:(?:16|6[0356])93|9(?:[1-36]\\d\\d|480))\\d{5}|80[02]\\d{6}|(?:6(?:0[178]|4[68])\\d|76(?:0[1-57]|1[2-47]|2[1-37]))\\d{5}|884[0-4689]\\d{5}|70(?:38[01]|596|(?:7\\d|8[17])\\d)\\d{4}|30\\d{7}|80(?:8\\d|9[1579])\\d{5}",
  bare: [["2[12]","(\\d{2})(\\d{3})(\\d{4})"],["16|[236-9]","(\\d{3})(\\d{3})(\\d{3})"]],
  local: "",
  emergency: ["112"],
};
