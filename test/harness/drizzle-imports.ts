import { registerHooks } from "node:module";

// Node 24 parses a package's whole package.json anew for each of its modules. Drizzle's has 180 kB: three quarters of the
// time that a command takes to start. Where a module names its neighbor, there is nothing to look up.
registerHooks({
  resolve: (specifier, context, next) =>
    /^\.\.?\/.*\.js$/.test(specifier) && context.parentURL?.includes("/node_modules/drizzle-orm/")
      ? { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true }
      : next(specifier, context),
});
