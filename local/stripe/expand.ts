import { invalidRequest } from "./errors.ts";
import { paymentOf } from "./invoicing.ts";
import { find } from "./lookup.ts";
import { list } from "./wire.ts";
import type { World } from "./world.ts";

/** For each kind of object, the properties that hold an id and can be expanded. */
const REFERENCES: Record<string, readonly string[]> = {
  balance_transaction: ["source"],
  charge: ["balance_transaction", "customer", "failure_balance_transaction", "payment_intent"],
  "checkout.session": ["customer", "invoice", "payment_intent", "subscription"],
  customer: ["default_payment_method"],
  dispute: ["charge", "payment_intent"],
  invoice: ["customer", "default_payment_method", "subscription"],
  invoice_payment: ["charge", "invoice", "payment_intent"],
  line_item: ["price", "subscription"],
  payment_intent: ["customer", "latest_charge", "payment_method"],
  payment_method: ["customer"],
  plan: ["product"],
  price: ["product"],
  product: ["default_price"],
  refund: ["balance_transaction", "charge", "failure_balance_transaction", "payment_intent", "payment_method"],
  subscription: ["customer", "default_payment_method", "latest_invoice"],
};

/** Lists that appear on an object only if requested. */
const INCLUDED: Record<string, (world: World, id: string) => object | undefined> = {
  "charge.refunds": (world, id) =>
    list(
      `/v1/charges/${id}/refunds`,
      [...world.state.refunds.values()].filter((refund) => refund.charge === id).reverse(),
    ),
  "checkout.session.line_items": (world, id) =>
    list(`/v1/checkout/sessions/${id}/line_items`, world.state.orders.get(id)?.line_items ?? []),
  "customer.subscriptions": (world, id) =>
    list(
      `/v1/customers/${id}/subscriptions`,
      [...world.state.subscriptions.values()].filter((it) => it.customer === id && it.status !== "canceled").reverse(),
    ),
  "invoice.payments": (world, id) => {
    const invoice = world.state.invoices.get(id);
    const payment = invoice && paymentOf(world, invoice);
    return list(`/v1/invoice_payments?invoice=${id}`, payment ? [payment] : []);
  },
};

type Node = Record<string, unknown>;

/** A copy of a response, with objects instead of ids at the given paths, such as `data.latest_invoice`. */
export function expand(world: World, answer: unknown, paths: readonly string[]): unknown {
  const copy = structuredClone(answer);
  const expansion: Expansion = { world, expanded: new WeakSet() };
  for (const path of paths) {
    const steps = path.split(".");
    if (steps.length > 4)
      throw invalidRequest(`You cannot expand more than 4 levels of a property (${path}).`, "expand");
    if (!follow(expansion, copy, steps, ""))
      throw invalidRequest(`This property cannot be expanded (${path}).`, "expand");
  }
  return copy;
}

interface Expansion {
  world: World;
  /** Objects that an earlier path expanded. A later path may name them again. */
  expanded: WeakSet<object>;
}

/** Expands the objects along the path. Returns whether the path led to an expandable property. */
function follow(expansion: Expansion, node: unknown, steps: readonly string[], kind: string): boolean {
  const [step, ...rest] = steps;
  if (step === undefined || node === null) return true;
  if (Array.isArray(node)) return node.every((item) => follow(expansion, item, steps, kind));
  if (!isNode(node)) return false;
  const here = typeof node.object === "string" && node.object !== "list" ? node.object : kind;
  const value = node[step] ?? null;
  const object = open(expansion.world, node, here, step, value);
  if (object) {
    expansion.expanded.add(object);
    node[step] = object;
    return follow(expansion, object, rest, here);
  }
  const empty = value === null && (REFERENCES[here]?.includes(step) || rest.length > 0);
  const goesOn = isNode(value) ? rest.length > 0 || expansion.expanded.has(value) : rest.length > 0;
  return empty || (goesOn && follow(expansion, value, rest, here));
}

/** A copy of the object that a property refers to, if the property is expandable and not yet expanded. */
function open(world: World, node: Node, kind: string, step: string, value: unknown): object | undefined {
  if (typeof value === "string" && REFERENCES[kind]?.includes(step)) return structuredClone(find(world.state, value));
  const include = value === null && typeof node.id === "string" ? INCLUDED[`${kind}.${step}`] : undefined;
  return structuredClone(include?.(world, String(node.id)));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
