import * as z from "zod";
import { invalidRequest, noSuch } from "./errors.ts";
import { expand } from "./expand.ts";
import type { Form } from "./form.ts";
import { integer, list, readParameters, text } from "./parameters.ts";
import { list as listOf } from "./wire.ts";
import type { World } from "./world.ts";

export type Method = "GET" | "POST" | "DELETE";

/** One API operation. It checks its parameters before it runs, so it either completes or changes nothing. */
export interface Endpoint {
  method: Method;
  /** A Hono path. `:id` is the only path parameter allowed. */
  path: string;
  /** Reads the parameters and returns the operation, ready to run. Throws a Stripe error if they are invalid. */
  prepare(world: World, id: string, form: Form): () => unknown;
}

export interface Call<Parameters> {
  world: World;
  /** The `:id` from the path, or an empty string if there is none. */
  id: string;
  parameters: Parameters;
}

const EXPAND = z.object({ expand: list(text()).optional() });
const PAGE = {
  limit: integer(1, 100).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

/** An operation that returns one object. All of them accept `expand`. */
export function endpoint<Shape extends z.ZodRawShape>(
  method: Method,
  path: string,
  shape: Shape,
  handle: (call: Call<z.output<z.ZodObject<Shape>>>) => unknown,
): Endpoint {
  const schema = z.strictObject(shape);
  return {
    method,
    path,
    prepare(world, id, form) {
      const { expand: asked, ...rest } = form;
      const { expand: paths = [] } = readParameters(EXPAND, asked === undefined ? {} : { expand: asked });
      const parameters = readParameters<z.output<z.ZodObject<Shape>>>(schema, rest);
      return () => expand(world, handle({ world, id, parameters }), paths);
    },
  };
}

/**
 * An operation that returns one page of a list. `all` returns every object in list order, and `fits` applies the
 * request's filters. They are separate because a page may start at an object that no longer matches.
 */
export function listEndpoint<Shape extends z.ZodRawShape, Item extends { id: string; object: string }>(
  path: string,
  filters: Shape,
  all: (call: Call<z.output<z.ZodObject<Shape>>>) => Item[],
  fits: (item: Item, parameters: z.output<z.ZodObject<Shape>>) => boolean = () => true,
): Endpoint {
  const pageSchema = z.object(PAGE);
  const filterSchema = z.strictObject(filters);
  return {
    method: "GET",
    path,
    prepare(world, id, form) {
      const { expand: asked, limit, starting_after, ending_before, ...rest } = form;
      const { expand: paths = [] } = readParameters(EXPAND, asked === undefined ? {} : { expand: asked });
      const page = readParameters(pageSchema, defined({ limit, starting_after, ending_before }));
      const parameters = readParameters<z.output<z.ZodObject<Shape>>>(filterSchema, rest);
      return () => {
        const items = all({ world, id, parameters });
        const wanted = (item: Item) => fits(item, parameters);
        return expand(world, pageOf(path.replace(":id", id), items, wanted, page), paths);
      };
    },
  };
}

type Page = z.output<z.ZodObject<typeof PAGE>>;

function pageOf<Item extends { id: string; object: string }>(
  url: string,
  items: Item[],
  wanted: (item: Item) => boolean,
  page: Page,
) {
  const { limit = 10, starting_after, ending_before } = page;
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalidRequest(
      "You may only specify one of these parameters: starting_after, ending_before.",
      "starting_after",
    );
  }
  if (ending_before !== undefined) {
    const before = items.slice(0, positionOf(items, ending_before, "ending_before")).filter(wanted);
    return listOf(url, before.slice(-limit), before.length > limit);
  }
  const start = starting_after === undefined ? 0 : positionOf(items, starting_after, "starting_after") + 1;
  const rest = items.slice(start).filter(wanted);
  return listOf(url, rest.slice(0, limit), rest.length > limit);
}

function positionOf(items: { id: string; object: string }[], id: string, param: string): number {
  const position = items.findIndex((item) => item.id === id);
  if (position < 0) throw noSuch(items[0]?.object ?? "object", id, param);
  return position;
}

function defined(values: Record<string, Form[string] | undefined>): Form {
  const form: Form = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) form[key] = value;
  return form;
}

/** Newest first, the order Stripe lists in. */
export function newestFirst<T>(table: Map<string, T>): T[] {
  return [...table.values()].reverse();
}
