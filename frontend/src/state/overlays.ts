import type { Bar } from './candles';

/** A value a candle; null while too few candles are known. */
export type Values = readonly (number | null)[];

/** Exponential average, begun as the mean of the first n (docs/formulas.md, section 2). */
export function ema(values: readonly number[], n: number): Values {
  const alpha = 2 / (n + 1);
  let average = 0;
  return values.map((value, at) => {
    average += (value - average) * (at < n ? 1 / (at + 1) : alpha);
    return at < n - 1 ? null : average;
  });
}

export interface Bands {
  upper: Values;
  middle: Values;
  lower: Values;
}

/** Mean of the last n and so many standard deviations (of the population) around it. */
export function bollinger(values: readonly number[], n = 20, width = 2): Bands {
  const rows = values.map((_, at) => {
    if (at < n - 1) {
      return null;
    }

    const window = values.slice(at - n + 1, at + 1);
    const mean = window.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    return { mean, spread: width * deviation };
  });
  return {
    upper: rows.map((row) => row && row.mean + row.spread),
    middle: rows.map((row) => row && row.mean),
    lower: rows.map((row) => row && row.mean - row.spread),
  };
}

const DaySeconds = 86_400;

/** Average price of what was traded since midnight UTC, or since the first candle where the candles do not reach back so far. */
export function vwap(bars: readonly Bar[]): Values {
  let [day, turnover, volume] = [Number.NaN, 0, 0];
  return bars.map((bar) => {
    const today = Math.floor(bar.time / DaySeconds);
    if (today !== day) {
      [day, turnover, volume] = [today, 0, 0];
    }

    turnover += bar.turnover;
    volume += bar.volume;
    return volume > 0 ? turnover / volume : null;
  });
}
