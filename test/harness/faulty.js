import worker from "./index.js";

/** The header that says which calls of a request fail, such as `put 2, output 9423` or `send`. */
const HEADER = "X-Test-Faults";

/**
 * The Worker, with R2, Images and a queue that fail where a request asks for it: each fault names a method and which of its calls
 * fails (all, without a number), or for Images' `output` the code that it fails with.
 */
export default {
  ...worker,
  fetch(request, env, execution) {
    const header = request.headers.get(HEADER);
    if (header === null) return worker.fetch(request, env, execution);
    const faults = header.split(",").map((each) => each.trim().split(" "));
    const bindings = { ...env };
    for (const name of ["PHOTOS", "PUBLIC_FILES", "QUEUE"]) bindings[name] = bindingWith(env[name], faults);
    bindings.IMAGES = imagesWith(env.IMAGES, faults);
    return worker.fetch(request, bindings, execution);
  },
};

const counts = (faults) => {
  const calls = new Map();
  /** Throws if this call is to fail. */
  return (method) => {
    const call = (calls.get(method) ?? 0) + 1;
    calls.set(method, call);
    if (faults.some(([name, which]) => name === method && (which === undefined || Number(which) === call)))
      throw new Error(`${method}: We encountered an internal error. Please try again. (10001)`);
  };
};

function bindingWith(binding, faults) {
  const take = counts(faults);
  const failing = (target) =>
    new Proxy(target, {
      get: (_, method) =>
        typeof target[method] === "function"
          ? async (...parameters) => {
              take(method);
              const result = await target[method](...parameters);
              return method === "createMultipartUpload" ? failing(result) : result;
            }
          : target[method],
    });
  return failing(binding);
}

function imagesWith(images, faults) {
  const code = Number(faults.find(([name]) => name === "output")?.[1]);
  if (!code) return images;
  const transformer = {
    transform: () => transformer,
    output: async () => {
      throw Object.assign(new Error("IMAGES_TRANSFORM_ERROR"), { code });
    },
  };
  return { ...images, input: () => transformer };
}
