// The wire as the gateway speaks it: snake_case, times in ISO 8601 UTC, money and prices as JSON numbers.

export type Side = 'BUY' | 'SELL';
export type Mode = 'live' | 'replay' | 'idle';
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';

export interface User {
  username: string;
  role: 'viewer' | 'trader' | 'admin';
}

export interface SignIn {
  token: string;
  expires_at: string;
  user: User;
}

export interface ServiceHealth {
  name: string;
  status: 'healthy' | 'unhealthy' | 'unknown';
  detail?: string | null;
  started_at?: string | null;
  /** How often it was started again after it had ended by itself; null where nobody counts. */
  restarts?: number | null;
}

export interface Watermarks {
  published: number;
  pattern: number;
  strategy: number;
  execution: number;
  store: number;
}

/** How late ticks were handed to the bus, in milliseconds. */
export interface Lateness {
  p50: number;
  p99: number;
  max: number;
  /** How far the schedule itself is behind. */
  drift?: number | null;
}

/** Where a replay stands. Market-data of an older version leaves out what is optional here. */
export interface Replay {
  /** Null or empty while there is none yet. */
  run: string | null;
  source?: string | null;
  /** Files, data sets, or the range of stored ticks. */
  sources?: string[] | null;
  /** A number of times real time, or "max"; null where market-data does not say. */
  speed: number | string | null;
  /** idle, loading, running, paused, stopping, finished, failed or stopped. */
  state: string;
  /** Whether it begins again at its end. */
  loop?: boolean | null;
  /** 1, and one more for each time that it began again. */
  round?: number | null;
  published: number;
  /** Null until the file has been counted. */
  total: number | null;
  /** 0 to 1. */
  progress?: number | null;
  event_time?: string | null;
  /** Event times of the first and the last tick. */
  from?: string | null;
  to?: string | null;
  eta_seconds?: number | null;
  lateness_ms?: Lateness | null;
  watermarks?: Watermarks | null;
  /** What made it fail. */
  error?: string | null;
}

/** What to replay: one file or data set, several merged by time, or what the tick store holds. */
export type ReplayStart = ({ path: string } | { paths: string[] } | { ticks: { symbols: string[]; from: string; to: string } }) & {
  speed: number | 'max';
  loop: boolean;
};

/** Price and size. */
export type Level = readonly [price: number, size: number];

export interface Book {
  symbol: string;
  venue: string;
  timestamp: string;
  update_id: number;
  /** synchronising, live, stale, one_sided or crossed. */
  state: string;
  /** Best first. */
  bids: readonly Level[];
  asks: readonly Level[];
  spread: number | null;
  mid: number | null;
  micro_price: number | null;
  /** Bids less asks, as a share of both: -1 to 1. */
  imbalance: number | null;
  checksum: string | number | null;
}

export interface Counts {
  ticks: number;
  signals: number;
  decisions: number;
  orders: number;
  fills: number;
  trades: number;
}

export interface Account {
  /** The run that trades on it: live, or the name of a replay. It is the run that is shown. */
  run: string;
  currency: string;
  initial_cash: number;
  cash: number;
  equity: number;
  realised_pnl: number;
  unrealised_pnl: number;
  fees: number;
  trading_state: TradingState;
  halt_reason?: string | null;
}

export interface StreamInfo {
  name: string;
  length: number;
  groups: { name: string; pending: number; lag: number | null }[];
}

export interface Status {
  status: 'ok' | 'degraded' | 'halted';
  time: string;
  mode: Mode;
  version: string;
  services: ServiceHealth[];
  replay: Replay | null;
  /** Null where the database does not say. */
  counts: Counts | null;
  account: Account | null;
  streams: StreamInfo[];
  /** What could not be read for this answer, and why. */
  troubles?: string[];
}

export interface Tick {
  symbol: string;
  price: number;
  bid?: number | null;
  ask?: number | null;
  volume: number | null;
  timestamp: string;
  /** What the price is of; with run and number it tells whether candles have the tick already. */
  kind: CandleKind;
  /** Replay run; empty when live. */
  run: string;
  seq: number;
}

/** Prices of trades, or mids of quotes. */
export type CandleKind = 'trade' | 'quote';

export interface Candle {
  /** Start of the interval. */
  time: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Sum of price times quantity. */
  turnover: number;
  ticks: number;
}

/** Candles of stored ticks, oldest first. */
export interface Candles {
  symbol: string;
  interval: string;
  run: string | null;
  kind: CandleKind | null;
  items: Candle[];
  /** Highest number among their ticks. */
  last_seq: number | null;
  /** The next `to`, for the candles before these. */
  previous: string | null;
}

/** Which candles; what is left out is for the gateway to choose. */
export interface CandlesWanted {
  symbol: string;
  interval: string;
  limit: number;
  run?: string | undefined;
  kind?: CandleKind | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface Signal {
  id: string;
  symbol: string;
  score: number;
  timestamp: string;
  pattern: string;
  direction: 'BULLISH' | 'BEARISH';
  price: number;
  tick_id: string;
  seq: number;
  run: string;
  decision_id?: string | null;
  /** What was decided; null while nothing is. */
  action?: Side | 'HOLD' | null;
  /** momentum, mean_reversion, price_action, candlestick or microstructure. */
  family?: string | null;
  /** Event time, in seconds, that the signal speaks of. */
  horizon_seconds?: number | null;
  /** What the detector saw, by name. */
  evidence?: Readonly<Record<string, number>> | null;
}

export interface DecisionNotice {
  id: string;
  signal_id: string;
  symbol: string;
  action: Side | 'HOLD';
  score: number;
  /** Replay run; empty when live. */
  run: string;
}

export interface Order {
  id: string;
  client_order_id: string;
  decision_id?: string | null;
  symbol: string;
  side: Side;
  type: string;
  tif: string;
  qty: number;
  price?: number | null;
  filled_qty: number;
  average_price?: number | null;
  status: string;
  reason?: string | null;
  origin: string;
  run: string;
  event_time: string;
  updated_at: string;
}

export interface Trade {
  trade_id: number;
  timestamp: string;
  symbol: string;
  side: Side;
  qty: number;
  price: number;
  fees: number;
  pnl: number;
  strategy_tag?: string | null;
  notes?: string | null;
  /** Replay run; empty when live. */
  run: string;
}

export interface Position {
  symbol: string;
  qty: number;
  average_price: number;
  last_price?: number | null;
  market_value: number;
  unrealised_pnl: number;
  realised_pnl: number;
  fees: number;
  updated_at: string;
}

export interface Factor {
  name: string;
  weight: number;
  value: number;
  contribution: number;
  note?: string | null;
}

export interface Decision {
  id: string;
  signal: Signal;
  action: Side | 'HOLD';
  score: number;
  reason: string;
  factors: Factor[];
  provenance: Record<string, unknown>;
  order_id?: string | null;
  /** What would have led to another action, factor by factor; null where no value of that factor would have. */
  flip: { factor: string; value_needed: number | null; action?: Side | 'HOLD' | null }[];
  timestamp: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Snapshot {
  status: Status;
  signals: Signal[];
  orders: Order[];
  fills: Trade[];
  positions: Position[];
}

/** Whether a book is of the live market or of a replay; a book does not say it itself. */
export type Lane = 'live' | 'replays';

export type MonitorMessage =
  | { type: 'snapshot'; data: Snapshot }
  | { type: 'tick'; data: Tick }
  | { type: 'signal'; data: Signal }
  | { type: 'decision'; data: DecisionNotice }
  | { type: 'order'; data: Order }
  | { type: 'fill'; data: Trade }
  | { type: 'positions'; data: Position[] }
  | { type: 'account'; data: Account }
  | { type: 'replay'; data: Replay }
  | { type: 'book'; lane?: Lane; data: Book };
