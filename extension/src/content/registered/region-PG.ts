// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "PG";
globalThis.maxoPlan = {
  region: "PG",
  callingCode: "675",
  trunk: "",
  idd: "00|140[1-3]",
  national: "(?:(?:3[0-2]|4[257]|5[34]|9[78])\\d|64[1-9]|85[02-46-9])\\d{4}|(?:7\\d|8[1-58])\\d{6}|180\\d{4}|2(?:0[0-7]|7[568])\\d{4}",
  bare: [["18|[2-69]|85[02-46-9]","(\\d{3})(\\d{4})"],["[78]","(\\d{4})(\\d{4})"]],
  local: "",
  emergency: ["112"],
};
