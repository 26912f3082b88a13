// The official JavaScript client over REST.
import assert from "node:assert/strict";
import { run, signIn } from "./session.mjs";

const root = process.argv[2];
const { kite, session } = await signIn(root);
const infy = { exchange: "NSE", tradingsymbol: "INFY", product: "MIS", transaction_type: "BUY" };
const price = async () => (await kite.getLTP("NSE:INFY"))["NSE:INFY"].last_price;
const refused = (call, type) => assert.rejects(call, (error) => error.error_type === type || assert.fail(JSON.stringify(error)));

await run({
  "session and profile": async () => {
    assert.equal(session.user_id, "AB1234");
    assert.ok(session.login_time instanceof Date);
    assert.equal((await kite.getProfile()).broker, "ZERODHA");
    assert.equal((await kite.getMargins()).equity.net, 1_000_000);
    assert.equal((await kite.getMargins("equity")).available.cash, 1_000_000);
  },
  "instruments are parsed from csv": async () => {
    const list = await kite.getInstruments("NSE");
    const row = list.find((instrument) => instrument.tradingsymbol === "INFY");
    assert.equal(row.instrument_token, "408065");
    assert.equal(row.tick_size, 0.05);
    assert.equal((await kite.getInstruments()).length, list.length);
  },
  "quotes": async () => {
    const quote = (await kite.getQuote(["NSE:INFY", "NSE:NIFTY 50"]))["NSE:INFY"];
    assert.equal(quote.depth.buy.length, 5);
    assert.ok((await kite.getOHLC(["NSE:INFY"]))["NSE:INFY"].ohlc.close > 0);
    assert.ok((await price()) > 0);
  },
  "candles carry dates": async () => {
    const candles = await kite.getHistoricalData(408065, "5minute", "2026-11-16 09:15:00", "2026-11-16 10:00:00");
    assert.equal(candles.length, 10);
    assert.ok(candles[0].date instanceof Date);
    assert.equal(candles[0].date.toISOString(), "2026-11-16T03:45:00.000Z");
    await refused(kite.getHistoricalData(408065, "minute", "2026-01-01 00:00:00", "2026-06-01 00:00:00"), "InputException");
  },
  "an order and its history": async () => {
    const { order_id } = await kite.placeOrder("regular", { ...infy, quantity: 10, order_type: "MARKET", tag: "jsclient" });
    assert.equal(typeof order_id, "string");
    const history = await kite.getOrderHistory(order_id);
    assert.equal(history.at(-1).status, "COMPLETE");
    assert.equal(history[0].status, "PUT ORDER REQ RECEIVED");
    assert.equal((await kite.getOrders()).find((order) => order.order_id === order_id).tag, "jsclient");
    const trades = await kite.getOrderTrades(order_id);
    assert.equal(trades[0].quantity, 10);
    assert.ok(trades[0].fill_timestamp instanceof Date);
    assert.equal((await kite.getTrades()).length, 1);
    assert.equal((await kite.getPositions()).net[0].quantity, 10);
  },
  "modify and cancel": async () => {
    const limit = Math.floor(await price()) - 20;
    const { order_id } = await kite.placeOrder("regular", { ...infy, quantity: 5, order_type: "LIMIT", price: limit });
    await kite.modifyOrder("regular", order_id, { price: limit - 1, quantity: 6 });
    const order = (await kite.getOrderHistory(order_id)).at(-1);
    assert.deepEqual([order.status, order.price, order.quantity], ["OPEN", limit - 1, 6]);
    await kite.cancelOrder("regular", order_id);
    assert.equal((await kite.getOrderHistory(order_id)).at(-1).status, "CANCELLED");
  },
  "a position changes its product": async () => {
    const change = { ...infy, position_type: "day", quantity: 4, old_product: "MIS", new_product: "CNC" };
    assert.equal(await kite.convertPosition(change), true);
    assert.deepEqual(await kite.getHoldings(), []);
  },
  "margins and charges": async () => {
    const order = { ...infy, variety: "regular", order_type: "LIMIT", quantity: 10, price: 1500, trigger_price: 0 };
    assert.equal((await kite.orderMargins([order], null))[0].total, 3000);
    assert.equal((await kite.orderBasketMargins([order], true, null)).orders.length, 1);
    const contract = await kite.getvirtualContractNote([{ ...order, order_id: "1", average_price: 1500 }]);
    assert.equal(contract[0].charges.brokerage, 4.5);
  },
  "triggers": async () => {
    const last_price = await price();
    const gtt = {
      trigger_type: "single",
      exchange: "NSE",
      tradingsymbol: "INFY",
      trigger_values: [1690],
      last_price,
      orders: [{ transaction_type: "SELL", quantity: 1, product: "MIS", order_type: "LIMIT", price: 1690 }],
    };
    const { trigger_id } = await kite.placeGTT(gtt);
    await kite.modifyGTT(trigger_id, { ...gtt, trigger_values: [1695] });
    assert.equal((await kite.getGTT(trigger_id)).condition.trigger_values[0], 1695);
    assert.equal((await kite.getGTTs()).length, 1);
    assert.equal((await kite.deleteGTT(trigger_id)).trigger_id, trigger_id);
  },
  "errors keep their type": async () => {
    await refused(kite.placeOrder("regular", { ...infy, quantity: 0, order_type: "MARKET" }), "InputException");
    await refused(kite.getOrderHistory("1"), "OrderException");
    await refused(kite.placeOrder("bo", { ...infy, quantity: 1, order_type: "MARKET" }), "GeneralException");
  },
  "an expired session calls its hook": async () => {
    let expired = 0;
    kite.setSessionExpiryHook(() => expired++);
    await fetch(`${root}/admin/sessions/end`, { method: "POST" });
    await refused(kite.getOrders(), "TokenException");
    assert.equal(expired, 1);
  },
});
