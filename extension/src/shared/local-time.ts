// What time it is where a call would ring, when that is another time than here. Pure: the clock is given.

export interface TimeThere {
  /** Such as "Tue 03:12", or two of them where a country has several zones. */
  readonly words: string;
  /** At any of these places most people sleep, or are not at work. */
  readonly isNight: boolean;
}

/** Hours at which a call is welcome, from and until. */
const DAY_HOURS = [7, 21] as const;

/** The time in these IANA zones; null when it is the same as here, or not known. */
export function timeThere(zones: readonly string[], now: Date, language: string): TimeThere | null {
  const times = zones.filter(isKnown).map((timeZone) => ({
    words: words(now, language, timeZone),
    hour: Number(new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone }).format(now)),
    // Sorts as it is read: the date and the time there.
    order: new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short", timeZone }).format(now),
  }));
  if (times.length === 0 || times.some((time) => time.words === words(now, language))) return null;
  times.sort((one, other) => one.order.localeCompare(other.order));
  const [first, last] = [times[0]?.words ?? "", times.at(-1)?.words ?? ""];
  return {
    words: first === last ? first : `${first} – ${last}`,
    isNight: times.some(({ hour }) => hour < DAY_HOURS[0] || hour >= DAY_HOURS[1]),
  };
}

function words(now: Date, language: string, timeZone?: string): string {
  const form = { weekday: "short", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(
    language || "en",
    timeZone === undefined ? form : { ...form, timeZone },
  ).format(now);
}

/** libphonenumber names some places "Etc/Unknown", which is no zone. */
function isKnown(zone: string): boolean {
  try {
    return zone !== "Etc/Unknown" && new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}
