// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "FI";
globalThis.maxoPlan = {
  region: "FI",
  callingCode: "358",
  trunk: "0",
  idd: "00|99(?:[01469]|5(?:[14]1|3[23]|5[59]|77|88|9[09]))",
  national: "1[3-7][1-8]\\d{3,6}|(?:19[1-8]|[23568][1-8]\\d|9(?:00|[1-8]\\d))\\d{2,6}|(?:4[0-8]|50)\\d{4,8}|800\\d{4,6}|[67]00\\d{5,6}|20\\d{4,8}|60[12]\\d{5,6}|7(?:099\\d{4,5}|5[03-9]\\d{3,7})|20[2-59]\\d\\d|(?:606|7(?:0[78]|1|3\\d))\\d{7}|(?:10|29|3[09]|70[1-5]\\d)\\d{4,8}|18[1-8]\\d{3,6}",
  bare: [],
  local: "",
  emergency: ["112"],
};
