import type { Account, Tick, Trade } from '../api/types';
import { type CandleKey, CandleSeries } from './candles';

export interface PricePoint {
  /** Seconds since 1970, with fraction: event time. */
  time: number;
  price: number;
  bid: number | null;
  ask: number | null;
}

export interface EquityPoint {
  time: number;
  /** Equity less initial cash; null where only booked trades are known. */
  total: number | null;
  /** Realised profit less fees. */
  booked: number;
}

/**
 * A bounded line in event time. Grows at its end only, so that a chart can draw what is new; `epoch` changes when what
 * is already drawn no longer holds (older points dropped, a new run) and the chart must start over.
 */
export class Line<T extends { time: number }> {
  readonly points: T[] = [];
  epoch = 0;

  constructor(
    private readonly limit = 12_000,
    /** Points closer than this many seconds become one: the newest. */
    private readonly spacing = 0.05,
  ) {}

  add(point: T): void {
    const last = this.points.at(-1);
    if (!last || point.time - last.time >= this.spacing) {
      this.points.push(point);
    } else if (point.time >= last.time) {
      this.points[this.points.length - 1] = { ...point, time: last.time };
    }

    if (this.points.length > this.limit) {
      this.points.splice(0, Math.ceil(this.limit / 4));
      this.epoch++;
    }
  }

  /** Puts older points in front of what is there; points that do not lie before it are left out. */
  prepend(older: readonly T[]): void {
    const first = this.points[0]?.time ?? Number.POSITIVE_INFINITY;
    const kept: T[] = [];
    for (const point of older) {
      const before = kept.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
      if (point.time >= first - this.spacing || point.time < before) {
        continue;
      }

      if (point.time - before >= this.spacing) {
        kept.push(point);
      } else {
        kept[kept.length - 1] = { ...point, time: before };
      }
    }

    if (kept.length > 0) {
      this.points.unshift(...kept.slice(-this.limit));
      this.epoch++;
    }
  }

  clear(): void {
    this.points.length = 0;
    this.epoch++;
  }
}

export const seconds = (iso: string): number => Date.parse(iso) / 1000;

/** Realised profit less fees after each trade, walked back from what the account says now. */
export function bookedLine(account: Account, newestFirst: readonly Trade[]): EquityPoint[] {
  const points: EquityPoint[] = [];
  let booked = account.realised_pnl - account.fees;
  let next = Number.POSITIVE_INFINITY;
  for (const trade of newestFirst) {
    const time = seconds(trade.timestamp);
    if (!(time <= next)) {
      break; // an earlier replay of the same hours: its line would run backwards
    }

    points.push({ time, total: null, booked });
    booked -= trade.pnl - trade.fees;
    next = time;
  }

  return points.reverse();
}

/** Everything that the charts draw. Mutable on purpose: thousands of points a second must not be copied. */
export class ChartHistory {
  readonly equity = new Line<EquityPoint>(6_000, 0.1);
  private readonly prices = new Map<string, Line<PricePoint>>();
  private candles: CandleSeries | null = null;
  /** Newest event time, in seconds; 0 before the first. */
  eventTime = 0;

  price(symbol: string): Line<PricePoint> {
    let line = this.prices.get(symbol);
    if (!line) {
      line = new Line<PricePoint>();
      this.prices.set(symbol, line);
    }

    return line;
  }

  /** The candles of a chart; only the last ones that were asked for take ticks. */
  candlesOf(key: CandleKey): CandleSeries {
    const { symbol, interval, run } = this.candles?.key ?? {};
    if (!this.candles || symbol !== key.symbol || interval !== key.interval || run !== key.run) {
      this.candles = new CandleSeries(key);
    }

    return this.candles;
  }

  /** Event time has come this far. The first one may lie years before what was drawn at the time of this machine until then: that is dropped. */
  advance(time: number): void {
    if (this.eventTime === 0 && time < (this.equity.points.at(-1)?.time ?? 0)) {
      this.equity.clear();
    }

    this.eventTime = Math.max(this.eventTime, time);
  }

  tick(tick: Tick): void {
    const time = seconds(tick.timestamp);
    this.advance(time);
    this.price(tick.symbol).add({ time, price: tick.price, bid: tick.bid ?? null, ask: tick.ask ?? null });
    this.candles?.tick(tick);
  }

  account(account: Account, now: number): void {
    this.equity.add({
      time: this.eventTime || now,
      total: account.equity - account.initial_cash,
      booked: account.realised_pnl - account.fees,
    });
  }

  /** A new run begins at an earlier event time: nothing drawn so far holds. */
  clear(): void {
    this.eventTime = 0;
    this.equity.clear();
    this.prices.forEach((line) => line.clear());
    this.candles = null;
  }
}
