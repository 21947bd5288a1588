// Written by plan-patterns.mjs from libphonenumber-js's metadata. Do not edit.
// biome-ignore-all format: written by a program

import type {} from "../finder-settings.js";

globalThis.maxoRegion = "ES";
globalThis.maxoPlan = {
  region: "ES",
  callingCode: "34",
  trunk: "",
  idd: "00",
  national: "96906(?:0[0-8]|1[1-9]|[2-9]\\d)\\d\\d|9(?:69(?:0[0-57-9]|[1-9]\\d)|73(?:[0-8]\\d|9[1-9]))\\d{4}|(?:400|8(?:[1356]\\d|[28][0-8]|[47][1-9])|9(?:[135]\\d|[268][0-8]|4[1-9]|7[124-9]))\\d{6}|9(?:6906(?:09|10)|7390\\d\\d)\\d\\d|(?:6\\d|7[1-48])\\d{7}|[89]00\\d{6}|80[367]\\d{6}|70\\d{7}|51\\d{7}|90[12]\\d{6}",
  bare: [["[89]00","(\\d{3})(\\d{3})(\\d{3})"],["[4-9]","(\\d{3})(\\d{2})(\\d{2})(\\d{2})"]],
  local: "",
  emergency: ["112"],
};
