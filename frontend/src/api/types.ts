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
}

export interface Watermarks {
  published: number;
  pattern: number;
  strategy: number;
  execution: number;
  store: number;
}

export interface Replay {
  run: string;
  source: string;
  /** A number of times real time, or "max"; null where market-data does not say. */
  speed: number | string | null;
  /** running, finished or failed. */
  state: string;
  published: number;
  /** Null until the file has been counted. */
  total: number | null;
  event_time?: string | null;
  watermarks?: Watermarks | null;
  /** What made it fail. */
  error?: string | null;
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
  counts: Counts;
  account: Account | null;
  streams: StreamInfo[];
}

export interface Tick {
  symbol: string;
  price: number;
  bid?: number | null;
  ask?: number | null;
  volume: number | null;
  timestamp: string;
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
}

export interface DecisionNotice {
  id: string;
  signal_id: string;
  symbol: string;
  action: Side | 'HOLD';
  score: number;
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

export type MonitorMessage =
  | { type: 'snapshot'; data: Snapshot }
  | { type: 'tick'; data: Tick }
  | { type: 'signal'; data: Signal }
  | { type: 'decision'; data: DecisionNotice }
  | { type: 'order'; data: Order }
  | { type: 'fill'; data: Trade }
  | { type: 'positions'; data: Position[] }
  | { type: 'account'; data: Account }
  | { type: 'replay'; data: Replay };
