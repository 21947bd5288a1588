// From the address of a `tel:`, `callto:` or `sip:` link to the text that the host plans. Judges no number.

const PHONE_LINK = /^(?:tel|callto|sips?):(?:\/\/)?([^?]*)/i;

/** The number of a phone link, unescaped, its `;ext=` kept and a SIP host left out; null for any other address. */
export function phoneLinkText(address: string): string | null {
  const written = PHONE_LINK.exec(address.trim())?.[1];
  if (written === undefined) return null;
  const [user = ""] = unescaped(written).split("@");
  const number = user.trim();
  return number === "" ? null : number;
}

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    // A stray "%" is no reason to lose the number: the host sees it as it is and judges.
    return written;
  }
}
