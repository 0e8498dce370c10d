import { relative } from "node:path";
import { type Node, SyntaxKind } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTaggedTemplateExpression,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";

/** A place where a value may be rounded or have fractions of a cent. */
export interface Finding {
  file: string;
  code: string;
  problem: string;
}

/** Words in a name that mark it as money: `amount_cents`, `unit_amount`, `netCents`. */
const MONEY = new Set(["cents", "amount", "amounts", "price", "prices", "fee", "fees", "balance"]);

/** Words in a name that mark it as time. Times may be divided and rounded because they are not money. */
const TIME = new Set(
  "at date day days hour hours instant minute minutes month months now second seconds since time until year years".split(
    " ",
  ),
);

/** Folders where every number is money unless it is a time. */
const MONEY_ROOMS = /^(money|ledger|stripe|stripe-events|plans|subscriptions|donations)\//;

const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_");

const FLOATING = new Set(["parseFloat", "toFixed", "toPrecision", "toExponential"]);
const EXACT_MATH = new Set(["abs", "max", "min", "sign"]);

const DIVIDES = new Set([
  SyntaxKind.SlashToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
]);
const MULTIPLIES = new Set([SyntaxKind.AsteriskToken, SyntaxKind.AsteriskEqualsToken]);

/** PostgreSQL's fractional types and functions, and divisions, which drop fractions. */
const SQL_FRACTIONS =
  /\b(numeric|decimal|real|float[48]?|double precision|money)\b|\b(round|avg|ceil|floor|trunc)\s*\(|\d\.\d|\s\/\s/i;

/**
 * Finds everything in a TypeScript project that could produce a fraction of a cent: division, powers, products with
 * non-integers, fractions, parsing, and rounding, in TypeScript and in SQL.
 */
export function floatingPointIn(project: string, root: string): Finding[] {
  const api = new API({ cwd: root });
  try {
    const opened = api.updateSnapshot({ openProjects: [project] }).getProject(project);
    if (!opened) throw new Error(`Cannot open the project ${project}`);
    const names = opened.program.getSourceFileNames().filter((name) => name.startsWith(`${root}/`));
    return names
      .filter((name) => !name.includes("/node_modules/"))
      .flatMap((name) => {
        const source = opened.program.getSourceFile(name);
        return source ? findingsIn(source, relative(root, name)) : [];
      });
  } finally {
    api.close();
  }
}

function findingsIn(source: Node, file: string): Finding[] {
  const is_money_room = MONEY_ROOMS.test(file);
  const tainted = moneyVariablesIn(source);
  const findings: Finding[] = [];

  const isMoney = (node: Node) =>
    someName(node, (name) => tainted.has(name) || wordsOf(name).some((word) => MONEY.has(word)));
  const isTime = (node: Node) => someName(node, (name) => wordsOf(name).some((word) => TIME.has(word)));

  /** @param is_for_money whether the result gets a name that means money, or is in a folder for money */
  function problemOf(node: Node, is_for_money: boolean): string | undefined {
    /** Whether a number counts as money here. */
    const counts = (of: Node) => isMoney(of) || (is_for_money && !isTime(of));
    if (isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (DIVIDES.has(kind) && counts(node)) return "divides";
      if (MULTIPLIES.has(kind) && counts(node) && !isInteger(node.left) && !isInteger(node.right)) return "multiplies";
      if ((isFraction(node.left) || isFraction(node.right)) && counts(node)) return "has a fraction";
    }
    if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.PlusToken && counts(node)) return "parses";
    if (isCallExpression(node)) {
      const { expression } = node;
      const name = isPropertyAccessExpression(expression) ? expression.name.text : textOf(expression);
      const of = isPropertyAccessExpression(expression) ? textOf(expression.expression) : undefined;
      if ((FLOATING.has(name) || (of === undefined && name === "Number")) && counts(node))
        return "parses or writes a float";
      if (of === "Math" && !EXACT_MATH.has(name) && counts(node)) return "rounds";
    }
    if (isTaggedTemplateExpression(node) && textOf(node.tag) === "sql" && SQL_FRACTIONS.test(sqlIn(node.template)))
      if (is_money_room || isMoney(node) || /cents|amount/.test(sqlIn(node.template))) return "has fractions in SQL";
    return undefined;
  }

  function visit(node: Node, is_for_money: boolean): void {
    const problem = problemOf(node, is_for_money);
    if (problem) findings.push({ file, code: textOf(node).replaceAll(/\s+/g, " "), problem });
    else node.forEachChild((child) => visit(child, is_for_money || isNamedMoney(node)));
  }
  visit(source, is_money_room);
  return findings;
}

/** Whether it gives a value a name that means money: `const amount_cents = …`, `{ amount_cents: … }`. */
const isNamedMoney = (node: Node): boolean =>
  (isVariableDeclaration(node) || isPropertyAssignment(node)) &&
  isIdentifier(node.name) &&
  wordsOf(node.name.text).some((word) => MONEY.has(word));

/** Variables in a file that are assigned money, whatever their names. */
function moneyVariablesIn(source: Node): Set<string> {
  const found = new Set<string>();
  const isMoneyName = (name: string) => found.has(name) || wordsOf(name).some((word) => MONEY.has(word));
  const visit = (node: Node): void => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer && isNumber(node.initializer))
      if (someName(node.initializer, isMoneyName)) found.add(node.name.text);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** Whether an expression can be a number: a name or arithmetic, but not an object, function, or promise. */
function isNumber(node: Node): boolean {
  if (isParenthesizedExpression(node)) return isNumber(node.expression);
  if (isCallExpression(node)) return /^Math\.|\.reduce$/.test(textOf(node.expression));
  return (
    isIdentifier(node) ||
    isPropertyAccessExpression(node) ||
    (isBinaryExpression(node) && isNumber(node.left) && isNumber(node.right)) ||
    isNumericLiteral(node)
  );
}

const isFraction = (node: Node) => isNumericLiteral(node) && !Number.isInteger(Number(node.text));
const isInteger = (node: Node): boolean =>
  isParenthesizedExpression(node)
    ? isInteger(node.expression)
    : isNumericLiteral(node) && Number.isInteger(Number(node.text));

const textOf = (node: Node): string => node.getText();

function someName(node: Node, is: (name: string) => boolean): boolean {
  if (isIdentifier(node) && is(node.text)) return true;
  return node.forEachChild((child) => someName(child, is) || undefined) ?? false;
}

/** The SQL text of a template. Values inserted into it are checked where they are created. */
function sqlIn(template: Node): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (isNoSubstitutionTemplateLiteral(node) || isTemplateHead(node) || isTemplateMiddle(node) || isTemplateTail(node))
      parts.push(node.text);
    else if (!isTaggedTemplateExpression(node)) node.forEachChild(visit);
  };
  visit(template);
  return parts.join("?");
}
