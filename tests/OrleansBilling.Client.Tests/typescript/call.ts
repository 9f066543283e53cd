// Calls a server with the client that openapi-typescript made: node call.js ADDRESS KEY. Prints what it saw.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };

type Cancel = components["schemas"]["CancelLine"];

const [address, key] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${key}` } });

const made = await api.POST("/v1/subscriptions", {
  params: { header: { "Idempotency-Key": "from-typescript", Prefer: "wait=10" } },
  body: {
    id: "typescript",
    offer_id: "gold_offer",
    customer: { id: "alice", email: "alice@example.com" },
    payment_method: { token: "tok_ok" },
  },
});
if (made.error) throw new Error(`${made.error.code}: ${made.error.detail}`);

const refused = await api.GET("/v1/subscriptions/{id}", { params: { path: { id: "nobody" } } });

// @ts-expect-error A cancel that does not say when is no cancel.
const incomplete: Cancel = { type: "cancel", subscription_id: "typescript" };
const complete: Cancel = { ...incomplete, at: "now" };

console.log(made.data.status, made.data.amount, refused.error?.code, complete.at);
