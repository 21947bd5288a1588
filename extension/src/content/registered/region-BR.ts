// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "BR";
globalThis.maxoPlan = {
  region: "BR",
  callingCode: "55",
  trunk: "0",
  idd: "00(?:1[245]|2[1-35]|31|4[13]|[56]5|99)",
  national: "(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])[2-5]\\d{7}|(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])(?:7|9\\d)\\d{7}|800\\d{6,7}|[59]00\\d{6,7}|(?:30[03]\\d{3}|4(?:0(?:0\\d|20)|370|864))\\d{4}|300\\d{5}",
  bare: [["300|4(?:0(?:0|20)|370|864)","(\\d{4})(\\d{4})"],["(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])[2-57]","(\\d{2})(\\d{4})(\\d{4})"],["[16][1-9]|[2-57-9]","(\\d{2})(\\d{5})(\\d{4})"]],
  local: "",
  emergency: ["112"],
  prefix: "(?:0|90)(?:(1[245]|2[1-35]|31|4[13]|[56]5|99)(\\d{10,11}))?",
  transform: "$2",
};
