import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import type { Settings } from "../env.ts";
import { isCollision, isUnreached, translate } from "./errors.ts";
import type { Silent, Statement, Yields } from "./statements.ts";

/** How often a transaction is tried that collided with another, and one whose answer was lost and may be repeated. */
const COLLISION_ATTEMPTS = 4;
const UNREACHED_ATTEMPTS = 2;

/**
 * Runs the statements in order as one transaction in one round trip, and returns what those that are not silent yield.
 * A guard that does not hold undoes everything and throws a `Refusal`.
 */
export type Transact = <const S extends readonly Statement[]>(...statements: S) => Promise<Yields<S>>;

export interface Transactor {
  transact: Transact;
  /** Round trips so far. */
  trips: number;
}

const connections = new WeakMap<Settings, NeonHttpDatabase>();

function connect(settings: Settings): NeonHttpDatabase {
  let database = connections.get(settings);
  if (!database) {
    const { NEON_HTTP_ENDPOINT, DATABASE_TIMEOUT_MS } = settings;
    // Reads the body too: the driver takes what fails in here for a lost connection, what fails later for a defect. No
    // Response is made of it: workerd keeps the body of one for long, and an export reads hundreds of them.
    neonConfig.fetchFunction = async (url: string, init: RequestInit) => {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(DATABASE_TIMEOUT_MS) });
      const body = await response.text();
      return { ok: response.ok, status: response.status, text: async () => body, json: async () => JSON.parse(body) };
    };
    if (NEON_HTTP_ENDPOINT) neonConfig.fetchEndpoint = () => NEON_HTTP_ENDPOINT;
    database = drizzle(neon(settings.DATABASE_URL));
    connections.set(settings, database);
  }
  return database;
}

/**
 * @param opening what every transaction starts with: who is acting and whether they may
 * @param repeatable whether doing it all twice is harmless, so that a lost answer may be asked for again
 * @param onMail called after a commit that put mail in the outbox
 */
export function transactor(
  settings: Settings,
  { opening, repeatable, onMail }: { opening: Silent; repeatable: boolean; onMail: () => void },
): Transactor {
  const database = connect(settings);
  const self: Transactor = {
    trips: 0,
    async transact<const S extends readonly Statement[]>(...statements: S) {
      const results = await attempt([opening, ...statements]);
      if (statements.some((each, index) => !each.yields && each.mailed(results[index + 1]))) onMail();
      const yielded = statements.flatMap((statement, index) =>
        statement.yields ? [statement.read(results[index + 1])] : [],
      );
      return yielded as Yields<S>;
    },
  };

  async function attempt(statements: [Statement, ...Statement[]], made = 1): Promise<unknown[]> {
    try {
      self.trips += 1;
      const [first, ...rest] = statements;
      return await database.batch([first.query, ...rest.map((statement) => statement.query)]);
    } catch (error) {
      const allowed = isCollision(error)
        ? COLLISION_ATTEMPTS
        : repeatable && isUnreached(error)
          ? UNREACHED_ATTEMPTS
          : 1;
      if (made < allowed) return attempt(statements, made + 1);
      throw translate(error);
    }
  }

  return self;
}
