// Where one is behind /dev, e.g. ["events", "12"].

import { routerAt } from "../router.js";

export const { place, pathTo, go, Link } = routerAt("/dev");
