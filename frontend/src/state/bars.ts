/** What prices did in one interval of event time. */
export interface Bar {
  /** Start of the interval, in seconds since 1970. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Ticks that reached the page; the monitor hands on at most ten a second for a symbol. */
  ticks: number;
}

/** Intervals that the page offers, in seconds. */
export const Intervals = [1, 5, 15, 30, 60] as const;
export type Interval = (typeof Intervals)[number];

const CoarsestSeconds = 60;

/**
 * The bounded one-second bars of a symbol, from which every longer interval follows exactly. An interval without a tick has no bar.
 * Grows at its end only; `epoch` changes when older bars were dropped or all of it started over.
 */
export class BarSeries {
  readonly bars: Bar[] = [];
  epoch = 0;

  constructor(private readonly limit = 7_200) {}

  /** Adds a price at an event time in seconds; what is older than the last bar comes too late and is left out. */
  add(at: number, price: number): void {
    const time = Math.floor(at);
    const last = this.bars.at(-1);
    if (last && time < last.time) {
      return;
    }

    if (last?.time === time) {
      this.bars[this.bars.length - 1] = {
        time, open: last.open, high: Math.max(last.high, price), low: Math.min(last.low, price), close: price, ticks: last.ticks + 1,
      };
    } else {
      this.bars.push({ time, open: price, high: price, low: price, close: price, ticks: 1 });
      this.cut();
    }
  }

  clear(): void {
    this.bars.length = 0;
    this.epoch++;
  }

  private cut(): void {
    if (this.bars.length <= this.limit) {
      return;
    }

    // At a full minute, so that the first bar of every interval stays whole.
    const least = Math.ceil(this.limit / 4);
    const minute = this.bars.findIndex((bar, at) => at >= least && startOf(bar.time, CoarsestSeconds) !== startOf(this.bars[at - 1]?.time ?? 0, CoarsestSeconds));
    this.bars.splice(0, minute < 0 ? least : minute);
    this.epoch++;
  }
}

/** Start of the interval that a time lies in. */
export const startOf = (seconds: number, interval: number): number => Math.floor(seconds / interval) * interval;

/** Bars of a longer interval out of shorter ones. */
export function aggregate(bars: readonly Bar[], interval: number): Bar[] {
  const made: Bar[] = [];
  for (const bar of bars) {
    const time = startOf(bar.time, interval);
    const last = made.at(-1);
    if (last?.time === time) {
      last.high = Math.max(last.high, bar.high);
      last.low = Math.min(last.low, bar.low);
      last.close = bar.close;
      last.ticks += bar.ticks;
    } else {
      made.push({ ...bar, time });
    }
  }

  return made;
}
