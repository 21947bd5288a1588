// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "NZ";
globalThis.maxoPlan = {
  region: "NZ",
  callingCode: "64",
  trunk: "0",
  idd: "0(?:0|161)",
  national: "240\\d{5}|(?:3[2-79]|[49][2-9]|6[235-9]|7[2-57-9])\\d{6}|2(?:[0-27-9]\\d|6)\\d{6,7}|2(?:1\\d|75)\\d{5}|508\\d{6,7}|80\\d{6,8}|(?:1[13-57-9]\\d{5}|50(?:0[08]|30|66|77|88))\\d{3}|90\\d{6,8}|70\\d{7}|8(?:1[16-9]|22|3\\d|4[045]|5[459]|6[235-9]|7[0-3579]|90)\\d{2,7}",
  bare: [],
  local: "",
  emergency: ["111"],
};
