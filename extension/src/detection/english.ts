// English, as it is written beside numbers; with the few words of other languages that stand beside English ones.

import type { Language } from "./plan.js";

/** For ids a plural is a department ("orders"), so only 1 and 5 know plurals. */
const WORDS =
  "1 ph phone telephone tel tele mob mobile cell cellphone landline hotline helpline infoline freecall freephone " +
  "tollfree switchboard voicemail sms whatsapp text call called calling ring rang dial dialling phoning contact tty " +
  "t p m h w 2 fax facsimile telefax fx f 3 abn acn arbn tfn bsb acct acc account invoice inv receipt ref refs " +
  "reference order po ticket case licence license lic medicare isbn issn ismn serial ser sn version ver v rev " +
  "revision build release firmware crn tracking consignment article parcel patent incident imei imsi iccid vin nmi " +
  "mirn gst vat ein ssn ird nhi nzbn iban swift bic oclc lccn doi pmid pmcid arxiv jstor orcid ean upc gtin barcode " +
  "sku lot dp ct folio fol vol volume draw round race score page section clause chapter paragraph para figure fig " +
  "table appendix schedule postcode postal zip price cost total subtotal amount balance qty quantity population id " +
  "uid uuid guid pin otp passcode password code commit bug issue pr asin isrc model batch meter policy claim member " +
  "membership registration rego reg permit certificate cert voucher coupon gps lat latitude long longitude lon " +
  "easting northing docket job item biller bpay date dob afsl acl usi asset seed assessment survey title dealing aud usd nzd eur " +
  "gbp sgd cad iata iso timestamp epoch pid abr trn ico crossref hits views votes rows bytes bits nhs npi nino sin " +
  "dwg spec warranty wifi router modem flyer velocity script odometer channel opus episode season hansard contrat " +
  "vorgang seite 4 no nr nos n 5 office home ah bh ambulance police hospital clinic surgery security enquiry " +
  "enquiries inquiries booking emergency support helpdesk assistance lifeline crisis interpreter ombudsman " +
  "concession fault outage admin service desk kitchen front shop store workshop warehouse reservations 6 card visa " +
  "mastercard amex ndis passport map plan product quote quotation matter applicant employee 7 customer " +
  "client user username student contract supplier vendor loan reservation application form document file record " +
  "part trial study provider player node transaction trans confirmation itinerary specimen sample accession " +
  "statement hash checksum crc tag oem mpn style stock seat gate lvl poll act regulation sr session device sensor " +
  "thread process request row sum avg mean max min index offset size length width height depth weight elevation " +
  "altitude rank xp series catalogue cat mrn urn shelf 8 num number numbers note is are and the our line or was a " +
  "of if opt open 9 on at to us from for via by with";

export const ENGLISH: Language = {
  words: WORDS,
  emergency: /emergenc|triple[\s-]?(?:zero|0)|life.threatening|urgence|notruf/i,
  conjunction: /^[\s,;/&|+]{0,9}(?:(?:or|and|oder|ou|et|und|y)\s{1,4})?$/i,
  // "ext 12", "extn. 12", "x12", "#12", "int. 12", ", ext 12".
  extension:
    /\s{0,4}[,/]?\s{0,2}(?:ext(?:ension|n)?|int|poste|durchwahl|x(?=\s{0,4}\d)|(?<=\s)#)\s{0,4}[.:]?\s{0,2}(\d{1,7})(?![\d/-]|[.:]\d|\s{0,2}[a-z]?\d)/iy,
  // "02 9999 8888 / 8889", "9999 8888/9": not "24/7", not a date, and not a figure with a word of its own.
  suffix: /\s{0,2}\/\s{0,2}(\d{1,4})(?![\w/%]|[.,:-]\d|\s{1,3}(?:\d|hour|hr|day|week|am\b|pm\b))/iy,
};
