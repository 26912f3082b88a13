// The official JavaScript ticker, in all modes, with order updates and a dropped line.
import assert from "node:assert/strict";
import { KiteTicker } from "kiteconnect";
import { run, signIn, until } from "./session.mjs";

const root = process.argv[2];
const { kite, session } = await signIn(root);
const ticker = new KiteTicker({
  api_key: "test_api_key",
  access_token: session.access_token,
  root: `${root.replace("http", "ws")}/`,
  max_delay: 5,
});
const infy = 408065;
const nifty = 256265;
let ticks = [];
const updates = [];
const refusals = [];
let connects = 0;
ticker.on("ticks", (list) => ticks.push(...list));
ticker.on("order_update", (order) => updates.push(order));
ticker.on("error", (error) => refusals.push(error));
ticker.on("connect", () => {
  connects++;
  ticker.subscribe([infy, nifty]);
});
const latest = (token) => ticks.filter((tick) => tick.instrument_token === token).at(-1);
const mode = async (name) => {
  ticker.setMode(name, [infy, nifty]);
  ticks = [];
  await until(() => latest(infy)?.mode === name && latest(nifty)?.mode === name);
};
ticker.connect();
await until(() => connects === 1);

await run({
  "quote is the default": async () => {
    await until(() => latest(infy) && latest(nifty));
    assert.equal(latest(infy).mode, "quote");
    assert.equal(latest(nifty).tradable, false);
  },
  "ltp": async () => {
    await mode(ticker.modeLTP);
    assert.ok(latest(infy).last_price > 1000 && latest(infy).last_price < 2500);
  },
  "quote": async () => {
    await mode(ticker.modeQuote);
    const { ohlc, last_price } = latest(infy);
    assert.ok(ohlc.low <= last_price && last_price <= ohlc.high);
    assert.ok(latest(nifty).ohlc.low <= latest(nifty).ohlc.high);
  },
  "full": async () => {
    await mode(ticker.modeFull);
    const tick = latest(infy);
    assert.deepEqual([tick.depth.buy.length, tick.depth.sell.length], [5, 5]);
    assert.ok(tick.depth.buy[0].price < tick.depth.sell[0].price);
    assert.ok(Math.abs(tick.exchange_timestamp - Date.now()) < 60_000);
  },
  "order updates come without a subscription": async () => {
    ticker.unsubscribe([infy, nifty]);
    const { order_id } = await kite.placeOrder("regular", {
      exchange: "NSE",
      tradingsymbol: "SBIN",
      transaction_type: "BUY",
      quantity: 3,
      product: "MIS",
      order_type: "MARKET",
    });
    await until(() => updates.some((order) => order.order_id === order_id && order.status === "COMPLETE"));
    assert.equal(updates.at(-1).filled_quantity, 3);
  },
  "a dropped line comes back": async () => {
    await fetch(`${root}/admin/ticker/drop`, { method: "POST" });
    await until(() => connects === 2);
    ticks = [];
    await until(() => latest(infy));
  },
});
ticker.disconnect();
process.exit(0);
