import { describe, expect, it } from 'vitest';
import type { Bar } from './candles';
import { bollinger, ema, vwap } from './overlays';

const bar = (time: number, turnover: number, volume: number): Bar => ({ time, open: 1, high: 1, low: 1, close: 1, ticks: 1, volume, turnover });

describe('overlays', () => {
  it('begin an exponential average with the mean of the first values', () => {
    expect(ema([2, 4, 9, 5, 11], 3)).toEqual([null, null, 5, 5, 8]); // alpha is 1/2
    expect(ema([7, 9], 1)).toEqual([7, 9]);
  });

  it('put the bands two deviations of the population around the mean', () => {
    const { upper, middle, lower } = bollinger([1, 3, 5, 5], 2, 2);
    expect(middle).toEqual([null, 2, 4, 5]);
    expect(upper).toEqual([null, 4, 6, 5]);
    expect(lower).toEqual([null, 0, 2, 5]);
  });

  it('weigh prices by what was traded, anew each day', () => {
    const midnight = 20_000 * 86_400;
    expect(vwap([bar(midnight - 60, 100, 1), bar(midnight - 1, 500, 4), bar(midnight, 30, 3), bar(midnight + 60, 0, 0)])).toEqual([100, 120, 10, 10]);
    expect(vwap([bar(0, 0, 0)])).toEqual([null]);
  });
});
