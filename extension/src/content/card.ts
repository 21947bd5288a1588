// Entry of the card's bundle, injected into a frame at its first hover: gives the resident script its card.

import { ask } from "../shared/ask.js";
import { NumberCard } from "./number-card.js";

const resident = globalThis.maxoResident;
resident?.takeCard((signal) => new NumberCard(resident, ask, signal));
