// Links that call: tel:, callto:, sip:. Reads an address; decides nothing.

export const LINKS = "[href^='tel:' i],[href^='callto:' i],[href^='sip:' i]";

/** The number, without parameters of any kind, and the extension behind it. */
const ADDRESS = /^\s*(?:tel|callto|sips?):\/{0,2}([^?@;]{1,64})(?:;ext=(\d{1,7}))?/i;

/** A link's number as it is sent to the host; "" if the link is of another kind or holds no number. */
export function linkNumber(link: Element): string {
  let address = link.getAttribute("href") ?? "";
  try {
    address = decodeURIComponent(address);
  } catch {
    // A stray "%" is no escape; the number is what it says.
  }
  const [, number = "", extension] = ADDRESS.exec(address) ?? [];
  // The name of a SIP account is no number; 1300 FLOWERS is.
  if (!/\d/.test(number) || /^(?!1[38]).*[a-z]{2}/i.test(number)) return "";
  return number.trim() + (extension ? ` ext ${extension}` : "");
}
