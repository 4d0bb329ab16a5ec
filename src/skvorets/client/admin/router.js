// Where one is behind /admin, e.g. ["people", "12"].

import { routerAt } from "../router.js";

export const { place, pathTo, go, Link } = routerAt("/admin");
