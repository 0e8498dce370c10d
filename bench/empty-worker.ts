/** The least a Worker can do: what every request costs before any of our code. */
export default { fetch: () => Response.json({ status: "ok" }) } satisfies ExportedHandler;
