import { WorkerEntrypoint } from "cloudflare:workers";

/** How many requests have come, by rate limit, key and period. */
const counts = new Map();

/** A rate limit that counts as Cloudflare's does in one location. Miniflare's own writes every request to disk. */
export class RateLimit extends WorkerEntrypoint {
  limit({ key }) {
    const { namespace_id, limit, period } = this.ctx.props;
    const name = `${namespace_id} ${key} ${Math.floor(Date.now() / 1000 / period)}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { success: count <= limit };
  }
}

// workerd wants a default export where it listens for one.
export default {};
