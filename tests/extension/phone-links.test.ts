import { expect, test } from "vitest";
import { phoneLinkText } from "../../extension/src/shared/phone-links.js";

test.each([
  ["tel:+61299998888", "+61299998888"],
  ["TEL:02%209999%208888", "02 9999 8888"],
  ["tel:0299998888;ext=12", "0299998888;ext=12"],
  ["tel:0299998888?source=site", "0299998888"],
  ["tel:*21*0412345678%23", "*21*0412345678#"],
  ["callto://0299998888", "0299998888"],
  ["sip:101@pbx.example", "101"],
  ["sips:+61299998888@pbx.example;user=phone", "+61299998888"],
  ["tel:50%", "50%"],
])("%s is %s", (address, text) => {
  expect(phoneLinkText(address)).toBe(text);
});

test.each(["https://shop.example/tel:1", "mailto:a@b.example", "tel:", "tel:%20", "javascript:tel:1", ""])(
  "%o is no phone link",
  (address) => {
    expect(phoneLinkText(address)).toBeNull();
  },
);
