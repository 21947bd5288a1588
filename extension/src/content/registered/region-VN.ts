// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "VN";
globalThis.maxoPlan = {
  region: "VN",
  callingCode: "84",
  trunk: "0",
  idd: "00",
  national: "2(?:0[3-9]|1[0-689]|2[0-25-9]|[38][2-9]|4[2-8]|5[124-9]|6[0-39]|7[0-7]|9[0-4679])\\d{7}|121[0-3]\\d{5}|(?:1[46]0|(?:3\\d|7[06-9])\\d|5(?:[1689]\\d|2[238]|59)|8(?:[1-8]\\d|9[6-9])|9(?:[0-8]\\d|9[013-9]))\\d{6}|1800\\d{4,6}|12(?:0[13]|28)\\d{4}|1900\\d{4,6}|[17]99\\d{4}|69\\d{5,6}|672\\d{6}",
  bare: [["1(?:2[02]|[89])","(\\d{4})(\\d{4,6})",1],["1[26]|6","(\\d{2})(\\d{3})(\\d{2})(\\d{2})",1],["[1357-9]","(\\d{3})(\\d{3})(\\d{3})",1],["2[48]","(\\d{2})(\\d{4})(\\d{4})",1],["2","(\\d{3})(\\d{4})(\\d{3})",1]],
  local: "",
  emergency: ["112"],
};
