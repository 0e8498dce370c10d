import type { Settings } from "../env.ts";
import { connect } from "./connection.ts";
import { isCollision, isUnavailable, isUnreached, translate } from "./errors.ts";
import { Plan, type Values, valuesOf } from "./plan.ts";
import type { Statement } from "./query.ts";

/** How many times in all we try a transaction that collides with another. */
const COLLISION_ATTEMPTS = 4;
/** How many times in all we try a repeatable transaction that gets no answer. */
const UNREACHED_ATTEMPTS = 2;

/**
 * Calls `write` to plan the statements, and runs them as one transaction in one round trip. Returns what `write`
 * returned, with values in place of its handles. A guard that does not hold undoes everything and throws a `Refusal`.
 */
export type Transact = <Shape>(write: (t: Plan) => Shape) => Promise<Values<Shape>>;

export interface Transactor {
  transact: Transact;
  /** Round trips so far. */
  trips: number;
}

/**
 * @param opening what every transaction starts with: who is acting, and whether they may
 * @param repeatable whether it does no harm to run a transaction twice, so that a lost answer may be asked for again
 * @param onMail called after a commit that put mail in the outbox, or that may have
 */
export function transactor(
  settings: Settings,
  { opening, repeatable, onMail }: { opening: Statement; repeatable: boolean; onMail: () => void },
): Transactor {
  const database = connect(settings);
  const self: Transactor = {
    trips: 0,
    async transact(write) {
      const plan = new Plan();
      const shape = write(plan);
      // An attempt whose answer was lost may have been committed, with its mails. The next one then writes none.
      let answer_lost = false;
      const onLost = () => {
        answer_lost = true;
      };
      const [, ...results] = await attempt([opening, ...plan.statements], onLost).catch((error: unknown) => {
        if (plan.mails && (answer_lost || isUnavailable(error))) onMail();
        throw error;
      });
      if (plan.wroteMail(results) || (plan.mails && answer_lost)) onMail();
      return valuesOf(shape, results);
    },
  };

  async function attempt(statements: [Statement, ...Statement[]], onLost: () => void, made = 1): Promise<unknown[]> {
    try {
      self.trips += 1;
      return await database.batch(statements);
    } catch (error) {
      if (isUnreached(error)) onLost();
      if (isCollision(error) && made < COLLISION_ATTEMPTS) return attempt(statements, onLost, made + 1);
      if (repeatable && isUnreached(error) && made < UNREACHED_ATTEMPTS) return attempt(statements, onLost, made + 1);
      throw translate(error);
    }
  }

  return self;
}
