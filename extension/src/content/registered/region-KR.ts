// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "KR";
globalThis.maxoPlan = {
  region: "KR",
  callingCode: "82",
  trunk: "0",
  idd: "00(?:[125689]|3(?:[46]5|91)|7(?:00|27|3|55|6[126]))",
  national: "(?:2|3[1-3]|[46][1-4]|5[1-5])[1-9]\\d{6,7}|(?:3[1-3]|[46][1-4]|5[1-5])1\\d{2,3}|1(?:05(?:[0-8]\\d|9[0-6])|22[13]\\d)\\d{4,5}|1(?:0[0-46-9]|[16-9]\\d|2[013-9])\\d{6,7}|00(?:308\\d{6,7}|798\\d{7,9})|(?:00368|[38]0)\\d{7}|60[2-9]\\d{6}|50\\d{8,9}|1(?:5(?:22|33|44|66|77|88|99)|6(?:[07]0|44|6[0168]|88)|8(?:00|33|55|77|99))\\d{4}|70\\d{8}",
  bare: [["1","(\\d{4})(\\d{4})"]],
  local: "",
  emergency: ["112"],
};
