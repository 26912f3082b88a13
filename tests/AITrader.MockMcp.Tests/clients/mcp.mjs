// The official TypeScript SDK of the Model Context Protocol.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { run } from "./session.mjs";

const root = process.argv[2];
const client = new Client({ name: "mock-mcp-clients", version: "1.0.0" });
const transport = new StreamableHTTPClientTransport(new URL(`${root}/mcp`));
await client.connect(transport);
const call = async (name, args = {}) => {
  const { content, isError } = await client.callTool({ name, arguments: args });
  return { text: content[0].text, isError: isError === true };
};
const json = async (name, args) => {
  const { text, isError } = await call(name, args);
  assert.equal(isError, false, text);
  return JSON.parse(text);
};
let orderId;

await run({
  "22 tools": async () => assert.equal((await client.listTools()).tools.length, 22),
  "a login is needed": async () => {
    assert.deepEqual(await call("get_orders"), { text: "Please log in first using the login tool", isError: true });
    const link = /\[Login to Kite\]\(([^)]+)\)/.exec((await call("login")).text)[1];
    assert.equal((await fetch(link)).status, 200);
    assert.equal((await call("login")).text, "You are already logged in as Mock Trader");
  },
  "an order": async () => {
    const order = {
      variety: "regular",
      exchange: "NSE",
      tradingsymbol: "INFY",
      transaction_type: "BUY",
      quantity: 10,
      product: "MIS",
      order_type: "MARKET",
    };
    orderId = (await json("place_order", order)).order_id;
    assert.equal((await json("get_order_history", { order_id: orderId })).at(-1).status, "COMPLETE");
    assert.equal((await json("get_positions")).length, 2);
  },
  "quotes": async () => assert.ok((await json("get_ltp", { instruments: ["NSE:INFY"] }))["NSE:INFY"].last_price > 0),
  "a new session has to sign in again": async () => {
    const other = new Client({ name: "mock-mcp-clients", version: "1.0.0" });
    await other.connect(new StreamableHTTPClientTransport(new URL(`${root}/mcp`)));
    const { content } = await other.callTool({ name: "get_orders", arguments: {} });
    assert.equal(content[0].text, "Please log in first using the login tool");
    await other.close();
  },
  "a session that was ended is unknown": async () => {
    await transport.terminateSession();
    await assert.rejects(client.listTools());
  },
});
process.exit(0);
