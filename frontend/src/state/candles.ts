import type { Candle, CandleKind, Candles, CandlesWanted, Tick } from '../api/types';

/** What prices did in one interval of event time. */
export interface Bar {
  /** Start of the interval, in seconds since 1970. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Sum of price times quantity. */
  turnover: number;
  ticks: number;
}

const Names = {
  1: '1s', 5: '5s', 15: '15s', 30: '30s', 60: '1m', 300: '5m', 900: '15m', 1800: '30m', 3600: '1h', 14400: '4h', 86400: '1d',
} as const;

/** A length that the gateway makes candles of, in seconds. */
export type Interval = keyof typeof Names;

export const Intervals = Object.keys(Names).map(Number) as Interval[];

/** As the gateway names it: 60 -> 1m. */
export const intervalName = (interval: Interval): string => Names[interval];

/** For readers: 60 -> 1 m. */
export const intervalWords = (interval: Interval): string => Names[interval].replace(/(\d+)/, '$1 ');

/** Start of the interval that a time lies in. */
export const startOf = (seconds: number, interval: number): number => Math.floor(seconds / interval) * interval;

/** Which candles a series is of. */
export interface CandleKey {
  symbol: string;
  interval: Interval;
  /** Replay run, empty for live; undefined where the gateway is to choose. */
  run: string | undefined;
}

/** Candles that one answer is asked for: what a chart of this width can show at once. */
const AtOnce = 1_000;
/** Candles between two answers; a fast replay makes many. */
const Behind = 5_000;
const MostBars = 12_000;
const MostTicks = 12_000;

/**
 * The candles of one symbol: those that the gateway has told of, exactly, and on top of them the ticks that the monitor has brought since. Each tick
 * counts once: an answer says up to which number it holds them, and ticks up to there are dropped. The monitor leaves ticks out, so the candles
 * on top are provisional until the next answer, which replaces them.
 */
export class CandleSeries {
  /** Where the candles before these end; null where there are none, undefined before the first answer. */
  previous: string | null | undefined;
  /** Counts the ticks that came, so that a reader can tell whether anything moved. */
  arrived = 0;
  private settled: readonly Bar[] = [];
  private recent: Tick[] = [];
  private through = Number.NEGATIVE_INFINITY;
  private kind: CandleKind | null = null;
  private told: string | null = null;
  private made: readonly Bar[] | null = null;

  constructor(readonly key: CandleKey) {}

  /** Whether prices are mids of quotes. */
  get ofQuotes(): boolean {
    return this.kind === 'quote';
  }

  /** Takes a tick of the monitor. */
  tick(tick: Tick): void {
    const run = this.key.run ?? this.told;
    if (tick.symbol !== this.key.symbol || (run !== null && tick.run !== run) || tick.seq <= this.through) {
      return;
    }

    this.arrived++;
    if (this.kind === 'quote' && tick.kind === 'trade') {
      this.forget(); // trades after all: the candles are to be of those
    }

    if (this.kind === null || tick.kind === this.kind) {
      this.recent.push(tick);
      this.recent.splice(0, this.recent.length - MostTicks);
      this.made = null;
    }
  }

  /** What to ask for next: everything at first, then from the last but one candle on, as a late tick may belong to that. */
  next(): CandlesWanted {
    const wanted = { symbol: this.key.symbol, interval: intervalName(this.key.interval), run: this.key.run ?? this.told ?? undefined };
    const from = this.settled.at(-2)?.time;
    return from === undefined ? { ...wanted, limit: AtOnce } : { ...wanted, limit: Behind, kind: this.kind ?? undefined, from: iso(from) };
  }

  /** What to ask for when the reader looks for what was before; null where there is nothing. */
  older(): CandlesWanted | null {
    return this.previous && this.kind && this.settled.length < MostBars
      ? { symbol: this.key.symbol, interval: intervalName(this.key.interval), run: this.key.run ?? this.told ?? undefined, kind: this.kind, to: this.previous, limit: AtOnce }
      : null;
  }

  /** Takes an answer to what {@link next} or {@link older} asked for. */
  take(answer: Candles, asked: CandlesWanted): void {
    const bars = answer.items.map(barOf);
    if (asked.to !== undefined) {
      // Unless the series started over meanwhile.
      if (asked.to === this.previous) {
        this.settled = [...bars, ...this.settled];
        this.previous = answer.previous;
        this.made = null;
      }

      return;
    }

    const from = asked.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(asked.from) / 1000;
    // More happened since than an answer holds: there is a hole before it, so what lies before the hole goes.
    const joins = asked.from !== undefined && answer.previous === null;
    this.settled = (joins ? [...this.settled.filter((bar) => bar.time < from), ...bars] : bars).slice(-MostBars);
    this.previous = joins ? this.previous : answer.previous;
    this.kind = answer.kind ?? this.kind;
    this.told = answer.run ?? this.told;
    this.through = Math.max(this.through, answer.last_seq ?? Number.NEGATIVE_INFINITY);
    this.recent = this.recent.filter((tick) => tick.seq > this.through && (this.kind === null || tick.kind === this.kind));
    this.made = null;
  }

  /** All candles, oldest first; the same array while nothing has changed. */
  bars(): readonly Bar[] {
    return (this.made ??= withTicks(this.settled, this.recent, this.key.interval));
  }

  private forget(): void {
    this.settled = [];
    this.recent = [];
    this.kind = null;
    this.previous = undefined;
    this.through = Number.NEGATIVE_INFINITY;
    this.made = null;
  }
}

/** Candles with newer ticks on top; a tick of before the last candle comes too late for this and waits for the next answer. */
export function withTicks(settled: readonly Bar[], ticks: readonly Tick[], interval: Interval): readonly Bar[] {
  if (ticks.length === 0) {
    return settled;
  }

  const bars = [...settled];
  for (const { timestamp, price, volume } of ticks) {
    const time = startOf(Date.parse(timestamp) / 1000, interval);
    const last = bars.at(-1);
    const size = volume ?? 0;
    if (!last || time > last.time) {
      bars.push({ time, open: price, high: price, low: price, close: price, volume: size, turnover: price * size, ticks: 1 });
    } else if (time === last.time) {
      bars[bars.length - 1] = {
        time, open: last.open, high: Math.max(last.high, price), low: Math.min(last.low, price), close: price,
        volume: exact(last.volume + size), turnover: last.turnover + price * size, ticks: last.ticks + 1,
      };
    }
  }

  return bars;
}

/** Quantities have at most eight decimals: 0.1 + 0.2 is 0.3. */
const exact = (quantity: number): number => Math.round(quantity * 1e8) / 1e8;

const barOf = ({ time, ...numbers }: Candle): Bar => ({ time: Date.parse(time) / 1000, ...numbers });

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
