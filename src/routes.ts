import type { Route } from "./http/route.ts";
import { ROOMS, type RoomName, routesOf } from "./rooms.ts";

/** Every route, for OpenAPI, the matrix of permissions and the generated tests. The Worker itself loads rooms one by one. */
export const routes: readonly Route[] = await routesOf(Object.keys(ROOMS) as RoomName[]);
