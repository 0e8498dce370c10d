import { endSubscription } from "./subscribing.ts";
import type { Customer, DeletedCustomer } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * Deletes a customer permanently, ends their subscriptions, and removes their payment methods. Past payments remain.
 */
export function deleteCustomer(world: World, customer: Customer): DeletedCustomer {
  const { customers, deleted_customers, payment_methods, subscriptions } = world.state;
  for (const subscription of subscriptions.values()) {
    if (subscription.customer !== customer.id || subscription.status === "canceled") continue;
    endSubscription(world, subscription, "cancellation_requested");
  }
  for (const method of payment_methods.values()) if (method.customer === customer.id) method.customer = null;
  const deleted: DeletedCustomer = { id: customer.id, object: "customer", deleted: true };
  customers.delete(customer.id);
  deleted_customers.set(customer.id, deleted);
  world.emit("customer.deleted", customer);
  return deleted;
}
