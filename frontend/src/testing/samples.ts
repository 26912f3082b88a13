import type { Job } from '../api/models';
import type { Account, Book, Candle, Candles, Decision, Order, Position, Replay, Signal, Snapshot, Status, Tick, Trade } from '../api/types';

// Well-formed messages for tests; each takes what the test cares about.

export const tick = (part: Partial<Tick> = {}): Tick => ({
  symbol: 'BTCUSDT', price: 61_000.1, bid: 61_000, ask: 61_000.2, volume: 0.05, timestamp: '2024-08-08T23:54:15.030314Z',
  kind: 'trade', run: 'run-1', seq: 1, ...part,
});

export const signal = (part: Partial<Signal> = {}): Signal => ({
  id: 's1', symbol: 'BTCUSDT', score: 0.7, timestamp: '2024-08-08T23:54:20.000000Z', pattern: 'ema_cross', direction: 'BULLISH',
  price: 61_001, tick_id: 'run-1:10', seq: 10, run: 'run-1', decision_id: null, family: 'momentum', horizon_seconds: 300,
  evidence: { ema_fast: 61_001.25, distance_bps: 0.5 }, ...part,
});

export const order = (part: Partial<Order> = {}): Order => ({
  id: 'o1', client_order_id: 'o1', decision_id: 'd1', symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', tif: 'IOC', qty: 0.1, price: null,
  filled_qty: 0, average_price: null, status: 'ACCEPTED', reason: null, origin: 'ema_cross', run: 'run-1',
  event_time: '2024-08-08T23:54:20.000000Z', updated_at: '2024-08-08T23:54:20.100000Z', ...part,
});

export const trade = (part: Partial<Trade> = {}): Trade => ({
  trade_id: 1, timestamp: '2024-08-08T23:54:20.050000Z', symbol: 'BTCUSDT', side: 'BUY', qty: 0.1, price: 61_001.2, fees: 2.44, pnl: 0,
  strategy_tag: 'ema_cross', notes: null, run: 'run-1', ...part,
});

export const position = (part: Partial<Position> = {}): Position => ({
  symbol: 'BTCUSDT', qty: 0.1, average_price: 61_001.2, last_price: 61_010, market_value: 6_101, unrealised_pnl: 0.88, realised_pnl: 0,
  fees: 2.44, updated_at: '2024-08-08T23:54:20.050000Z', ...part,
});

export const account = (part: Partial<Account> = {}): Account => ({
  run: 'run-1', currency: 'USDT', initial_cash: 100_000, cash: 93_897.44, equity: 99_998.44, realised_pnl: 0, unrealised_pnl: 0.88, fees: 2.44,
  trading_state: 'ACTIVE', halt_reason: null, ...part,
});

export const book = (part: Partial<Book> = {}): Book => ({
  symbol: 'BTCUSDT', venue: 'binance-usdm', timestamp: '2024-08-08T23:54:20.000000Z', update_id: 42, state: 'live',
  bids: [[61_000, 2], [60_999.5, 1], [60_999, 5]], asks: [[61_000.5, 1], [61_001, 3]],
  spread: 0.5, mid: 61_000.25, micro_price: 61_000.3, imbalance: 0.333, checksum: '9f2c', ...part,
});

export const candle = (part: Partial<Candle> = {}): Candle => ({
  time: '2024-08-08T23:54:00.000000Z', open: 100, high: 103, low: 99, close: 101, volume: 2, turnover: 202, ticks: 4, ...part,
});

export const candles = (part: Partial<Candles> = {}): Candles => ({
  symbol: 'BTCUSDT', interval: '1m', run: 'run-1', kind: 'trade', items: [candle()], last_seq: 10, previous: null, ...part,
});

export const replay = (part: Partial<Replay> = {}): Replay => ({
  run: 'run-1', source: 'binance-l2', speed: 20, state: 'running', published: 100, total: 400, event_time: '2024-08-08T23:54:20.000000Z',
  watermarks: null, ...part,
});

export const status = (part: Partial<Status> = {}): Status => ({
  status: 'ok', time: '2025-01-01T00:00:00Z', mode: 'replay', version: '0.1.0',
  services: [{ name: 'pattern-engine', status: 'healthy', detail: null }, { name: 'finbert-server', status: 'unhealthy', detail: 'no model installed' }],
  replay: replay(), counts: { ticks: 100, signals: 1, decisions: 1, orders: 1, fills: 1, trades: 1 }, account: account(),
  streams: [{ name: 'signals:global', length: 3, groups: [{ name: 'strategy_consumers', pending: 1, lag: 2 }] }], ...part,
});

export const snapshot = (part: Partial<Snapshot> = {}): Snapshot => ({
  status: status(), signals: [], orders: [], fills: [], positions: [], ...part,
});

export const decision = (part: Partial<Decision> = {}): Decision => ({
  id: 'd1', signal: signal(), action: 'BUY', score: 0.45, reason: 'Score 0.45 is above the threshold of 0.30.',
  factors: [
    { name: 'pattern', weight: 0.5, value: 0.7, contribution: 0.35, note: null },
    { name: 'forecast', weight: 0.5, value: 0.2, contribution: 0.1, note: 'persistence' },
    { name: 'sentiment', weight: 0, value: 0, contribution: 0, note: 'absent: no model installed' },
  ],
  provenance: { race: { winner: 'onnx-runner', latency_ms: { onnx_runner: 1.2, tensorrt_runner: 3.4 } } },
  order_id: 'o1', flip: [{ factor: 'forecast', value_needed: -0.1, action: 'HOLD' }, { factor: 'sentiment', value_needed: null, action: null }],
  timestamp: '2024-08-08T23:54:20.000000Z', ...part,
});

export const job = (part: Partial<Job> = {}): Job => ({
  id: 'job-1', type: 'training', status: 'running', result: null, error: null, attempts: 1, created_at: '2024-08-08T12:00:00Z',
  started_at: '2024-08-08T12:00:01Z', finished_at: null, cancel_asked_at: null, ...part,
});
