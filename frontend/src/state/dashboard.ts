import type {
  Account, Book, DecisionNotice, MonitorMessage, Order, Position, Replay, Signal, Snapshot, Status, Tick, Trade,
} from '../api/types';
import { decimalsOf } from '../format';
import { runOf } from './runs';

/** Rows kept per list: enough to scroll back through, few enough to never slow the page. */
export const ListLimit = 200;

/** What the page knows of one symbol's market. */
export interface Quote extends Omit<Tick, 'kind' | 'run' | 'seq'> {
  /** First price that this page saw; the change is measured from it. */
  first: number;
  /** 1 after an uptick, -1 after a downtick, 0 before either. */
  direction: -1 | 0 | 1;
  /** Most digits after the point seen so far, so that prices line up. */
  decimals: number;
}

export type SignalRow = Signal;

export interface Dashboard {
  /** False until the first snapshot. */
  ready: boolean;
  status: Status | null;
  replay: Replay | null;
  /** The run that is shown: empty for the live one, else the name of a replay; null while that is not known. */
  run: string | null;
  account: Account | null;
  quotes: Readonly<Record<string, Quote>>;
  books: Readonly<Record<string, Book>>;
  signals: readonly SignalRow[];
  orders: readonly Order[];
  fills: readonly Trade[];
  positions: readonly Position[];
}

/** What may happen to the dashboard: the monitor's messages and answers of REST calls. */
export type Change =
  | MonitorMessage
  | { type: 'status'; data: Status }
  | { type: 'history'; data: { signals: Signal[]; orders: Order[]; trades: Trade[] } };

export const emptyDashboard: Dashboard = {
  ready: false,
  status: null,
  replay: null,
  run: null,
  account: null,
  quotes: {},
  books: {},
  signals: [],
  orders: [],
  fills: [],
  positions: [],
};

const signalKey = (signal: Signal): string => signal.id;
const orderKey = (order: Order): string => order.id;
const tradeKey = (trade: Trade): string => String(trade.trade_id);

/** Newest first: a known row is replaced where it stands, a new one goes in front, the oldest falls off. */
export function upsert<T>(list: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const id = key(item);
  const at = list.findIndex((known) => key(known) === id);
  return at >= 0 ? list.with(at, item) : [item, ...list.slice(0, ListLimit - 1)];
}

/** Adds older rows below what is shown; what is shown wins where both know a row. */
export function append<T>(list: readonly T[], older: readonly T[], key: (item: T) => string): readonly T[] {
  const known = new Set(list.map(key));
  return [...list, ...older.filter((item) => !known.has(key(item)))].slice(0, ListLimit);
}

export function quoteAfter(before: Quote | undefined, tick: Omit<Tick, 'kind' | 'run' | 'seq'>): Quote {
  const moved = before ? Math.sign(tick.price - before.price) : 0;
  const seen = [tick.price, tick.bid ?? 0, tick.ask ?? 0].map(decimalsOf);
  return {
    ...tick,
    first: before?.first ?? tick.price,
    direction: (moved === 0 ? (before?.direction ?? 0) : moved) as Quote['direction'],
    decimals: Math.min(8, Math.max(before?.decimals ?? 0, ...seen)),
  };
}

/** The last price that signals tell of, for symbols whose market has not moved since the page was opened. */
function withLastPrices(quotes: Dashboard['quotes'], newestFirst: readonly Signal[]): Dashboard['quotes'] {
  const known = { ...quotes };
  for (const { symbol, price, timestamp } of newestFirst) {
    known[symbol] ??= quoteAfter(undefined, { symbol, price, bid: null, ask: null, volume: null, timestamp });
  }

  return known;
}

function withAction(signals: readonly SignalRow[], decision: DecisionNotice): readonly SignalRow[] {
  const at = signals.findIndex((signal) => signal.id === decision.signal_id);
  const row = signals[at];
  return row ? signals.with(at, { ...row, decision_id: decision.id, action: decision.action }) : signals;
}

/** A signal that arrives again (its snapshot, a late duplicate) must not lose the decision that is already known. */
function withSignal(signals: readonly SignalRow[], signal: Signal): readonly SignalRow[] {
  const known = signals.find((row) => row.id === signal.id);
  const row = known?.action ? { ...signal, decision_id: known.decision_id ?? null, action: known.action } : signal;
  return upsert(signals, row, signalKey);
}

/**
 * Another run has a market and rows of its own: its change is not measured from yesterday's price, its book is another, and no row of the run
 * before stays among its own.
 */
function withAccount(state: Dashboard, account: Account | null): Dashboard {
  const run = account ? runOf(account) : state.run;
  return run === state.run
    ? { ...state, account }
    : { ...state, account, run, quotes: {}, books: {}, signals: [], orders: [], fills: [], positions: [] };
}

function fromSnapshot(before: Dashboard, snapshot: Snapshot): Dashboard {
  const { status } = snapshot;
  const state = withAccount(before, status.account);
  return {
    ...state,
    ready: true,
    status,
    replay: status.replay,
    quotes: withLastPrices(state.quotes, snapshot.signals),
    signals: snapshot.signals.slice(0, ListLimit),
    orders: snapshot.orders.slice(0, ListLimit),
    fills: snapshot.fills.slice(0, ListLimit),
    positions: snapshot.positions,
  };
}

/** One step of the dashboard. Pure: the same state and change give the same result. */
export function reduce(state: Dashboard, change: Change): Dashboard {
  switch (change.type) {
    case 'snapshot':
      return fromSnapshot(state, change.data);
    case 'status':
      return { ...withAccount(state, change.data.account), status: change.data, replay: change.data.replay };
    case 'history':
      return {
        ...state,
        signals: append(state.signals, change.data.signals, signalKey),
        orders: append(state.orders, change.data.orders, orderKey),
        fills: append(state.fills, change.data.trades, tradeKey),
      };
    case 'tick': {
      const tick = change.data;
      return { ...state, quotes: { ...state.quotes, [tick.symbol]: quoteAfter(state.quotes[tick.symbol], tick) } };
    }
    case 'signal':
      return { ...state, signals: withSignal(state.signals, change.data) };
    case 'decision':
      return { ...state, signals: withAction(state.signals, change.data) };
    case 'order':
      return { ...state, orders: upsert(state.orders, change.data, orderKey) };
    case 'fill':
      return { ...state, fills: upsert(state.fills, change.data, tradeKey) };
    case 'positions':
      return { ...state, positions: change.data };
    case 'account':
      return withAccount(state, change.data);
    case 'replay':
      return { ...state, replay: change.data };
    case 'book':
      return { ...state, books: { ...state.books, [change.data.symbol]: change.data } };
    default:
      return state; // a newer gateway may send what this page does not know yet
  }
}
