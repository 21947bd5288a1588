// Australia's plan, in every frame before the resident script: the default, and what a region without a script falls back to.

import { AUSTRALIA } from "../../detection/australian-plan.js";

globalThis.maxoPlans = { AU: AUSTRALIA, ...globalThis.maxoPlans };
