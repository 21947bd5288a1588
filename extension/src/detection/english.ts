// English, as it is written beside numbers; with the few words of other languages that stand beside English ones.

import type { Language } from "./plan.js";

/** For ids a plural is a department ("orders"), so only 1 and 5 know plurals. */
const WORDS =
  "1 ph phone telephone tel tele mob mobile cell landline hotline helpline freecall freephone tollfree switchboard " +
  "voicemail sms whatsapp text call called calling ring rang dial dialling phoning contact tty 2 fax facsimile telefax " +
  "fx 3 abn acn arbn tfn bsb acct account invoice inv receipt ref reference order po ticket case licence license lic " +
  "medicare isbn issn serial ser sn version ver v rev build crn tracking consignment article parcel patent imei vin nmi " +
  "gst vat ein ssn iban swift bic oclc lccn doi pmid jstor orcid ean upc gtin barcode sku lot dp ct folio vol volume " +
  "draw round race score page postcode postal zip price cost total amount balance qty quantity population id uid pin " +
  "otp passcode password code commit bug issue pr model batch meter policy claim member membership registration rego " +
  "permit certificate passport voucher coupon gps lat latitude long longitude map docket job quote item product card " +
  "visa mastercard biller date dob title afsl asset seed survey assessment 4 no nr nos 5 office home ah bh ambulance " +
  "police hospital clinic surgery security enquiry enquiries inquiries booking emergency support helpdesk assistance " +
  "lifeline crisis interpreter ombudsman concession fault outage admin service 6 num number numbers is are at on and the us " +
  "our line or to was a of";

export const ENGLISH: Language = {
  words: WORDS,
  emergency: /emergenc|triple[\s-]?(?:zero|0)|life.threatening|urgence|notruf/i,
  conjunction: /^[\s,;/&|+]{0,9}(?:(?:or|and|oder|ou|et|und|y)\s{1,4})?$/i,
  // "ext 12", "extn. 12", "x12", "#12", "int. 12", ", ext 12".
  extension:
    /\s{0,4}[,/]?\s{0,2}(?:ext(?:ension|n)?|int|poste|durchwahl|x(?=\s{0,4}\d)|(?<=\s)#)\s{0,4}[.:]?\s{0,2}(\d{1,7})(?![\d/-]|[.:]\d|\s{0,2}[a-z]?\d)/iy,
};
