import * as z from "zod";
import { deleteCustomer } from "../customer-deletion.ts";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { changeCustomer } from "../invoicing.ts";
import { existing } from "../lookup.ts";
import { buildCustomer } from "../objects/customer.ts";
import { clearable, email, list, mergeMetadata, metadata, oneOf, range, text, within } from "../parameters.ts";
import type { Address } from "../wire.ts";

const ADDRESS = z
  .strictObject({ city: text(), country: text(), line1: text(), line2: text(), postal_code: text(), state: text() })
  .partial()
  .transform((given): Address => ({ ...NO_ADDRESS, ...Object.fromEntries(Object.entries(given)) }));

const NO_ADDRESS: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

const FIELDS = {
  address: clearable(ADDRESS).optional(),
  description: clearable(text()).optional(),
  email: clearable(email).optional(),
  metadata: metadata.optional(),
  name: clearable(text(256)).optional(),
  phone: clearable(text(20)).optional(),
  preferred_locales: list(text()).optional(),
  tax_exempt: oneOf("exempt", "none", "reverse").optional(),
};

export const customers = [
  endpoint("POST", "/v1/customers", FIELDS, ({ world, parameters }) => {
    const customer = buildCustomer(world.now(null), {
      ...parameters,
      metadata: mergeMetadata({}, parameters.metadata),
    });
    world.state.customers.set(customer.id, customer);
    world.emit("customer.created", customer);
    return customer;
  }),

  endpoint(
    "GET",
    "/v1/customers/:id",
    {},
    ({ world, id }) => world.state.deleted_customers.get(id) ?? existing(world.state.customers, "customer", id),
  ),

  endpoint("POST", "/v1/customers/:id", FIELDS, ({ world, id, parameters }) => {
    const customer = existing(world.state.customers, "customer", id);
    const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
    changeCustomer(world, customer, { ...given, metadata: mergeMetadata(customer.metadata, parameters.metadata) });
    return customer;
  }),

  endpoint("DELETE", "/v1/customers/:id", {}, ({ world, id }) =>
    deleteCustomer(world, existing(world.state.customers, "customer", id)),
  ),

  listEndpoint(
    "/v1/customers",
    { created: range.optional(), email: email.optional() },
    ({ world }) => newestFirst(world.state.customers),
    (customer, { created, email: wanted }) =>
      within(customer.created, created) && (wanted === undefined || customer.email === wanted),
  ),
];
