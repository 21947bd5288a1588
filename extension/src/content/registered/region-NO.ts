// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "NO";
globalThis.maxoPlan = {
  region: "NO",
  callingCode: "47",
  trunk: "",
  idd: "00",
  national: "(?:2[1-4]|3[1-3578]|5[1-35-7]|6[1-46-9]|7[0-8])\\d{6}|45(?:[0-24-9]\\d|3[0-57-9])\\d{4}|(?:4[016-8]|9\\d)\\d{6}|80[01]\\d{5}|82[09]\\d{5}|880\\d{5}|(?:0[235-9]|81(?:0(?:0[7-9]|1\\d)|5\\d\\d))\\d{3}|85[0-5]\\d{5}|810(?:0[0-6]|[2-8]\\d)\\d{3}|79\\d{6}",
  bare: [["8","(\\d{3})(\\d{2})(\\d{3})"],["[2-79]","(\\d{2})(\\d{2})(\\d{2})(\\d{2})"]],
  local: "",
  emergency: ["112"],
};
