import { endpoint } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { buildProduct } from "../objects/product.ts";
import { mergeMetadata, metadata, text } from "../parameters.ts";

export const products = [
  endpoint("POST", "/v1/products", { metadata: metadata.optional(), name: text() }, ({ world, parameters }) => {
    const about = mergeMetadata({}, parameters.metadata);
    const product = { ...buildProduct(world.now(null), { name: parameters.name, metadata: about }), active: true };
    world.state.products.set(product.id, product);
    return product;
  }),

  endpoint("GET", "/v1/products/:id", {}, ({ world, id }) => existing(world.state.products, "product", id)),

  endpoint(
    "POST",
    "/v1/products/:id",
    { metadata: metadata.optional(), name: text().optional() },
    ({ world, id, parameters: { metadata: change, name } }) => {
      const product = existing(world.state.products, "product", id);
      product.metadata = mergeMetadata(product.metadata, change);
      product.name = name ?? product.name;
      return product;
    },
  ),
];
