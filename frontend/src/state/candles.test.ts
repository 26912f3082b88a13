import { describe, expect, it } from 'vitest';
import { candle, candles, tick } from '../testing/samples';
import { CandleSeries, Intervals, intervalName, intervalWords, withTicks } from './candles';

const at = (second: number): string => new Date(Date.UTC(2024, 7, 8, 23, 54) + second * 1000).toISOString();
const start = Date.UTC(2024, 7, 8, 23, 54) / 1000;
const minutes = () => new CandleSeries({ symbol: 'BTCUSDT', interval: 60, run: 'run-1' });

/** The series after its first answer: one candle that holds the ticks up to number 10. */
function settled(part: Parameters<typeof candles>[0] = {}): CandleSeries {
  const series = minutes();
  series.take(candles(part), series.next());
  return series;
}

describe('candles', () => {
  it('count the tick at the seam once, whichever comes first', () => {
    const inAnswer = tick({ seq: 10, timestamp: at(30), price: 500, volume: 9 });
    const after = tick({ seq: 11, timestamp: at(31), price: 104, volume: 0.5 });

    const before = minutes(); // the ticks came while the answer was on its way
    [inAnswer, after].forEach((each) => before.tick(each));
    before.take(candles(), before.next());
    const later = settled(); // the answer was there first
    [inAnswer, after].forEach((each) => later.tick(each));

    for (const series of [before, later]) {
      expect(series.bars()).toEqual([{ time: start, open: 100, high: 104, low: 99, close: 104, volume: 2.5, turnover: 254, ticks: 5 }]);
    }
  });

  it('replace what ticks had made of them by what the next answer says', () => {
    const series = settled();
    series.tick(tick({ seq: 11, timestamp: at(40), price: 110, volume: 1 }));
    series.tick(tick({ seq: 15, timestamp: at(61), price: 111, volume: 1 })); // 12 to 14 were left out by the monitor
    series.tick(tick({ seq: 17, timestamp: at(62), price: 112, volume: 1 }));
    const asked = series.next();
    expect(asked).toEqual({ symbol: 'BTCUSDT', interval: '1m', run: 'run-1', limit: 1_000 });
    series.take(candles({ items: [candle({ close: 120, ticks: 8 }), candle({ time: at(60), open: 115, high: 115, low: 111, close: 111, volume: 3, turnover: 336, ticks: 2 })], last_seq: 15 }), asked);
    expect(series.bars()).toMatchObject([{ close: 120, ticks: 8 }, { open: 115, high: 115, low: 111, close: 112, volume: 4, ticks: 3 }]);
    expect(series.next()).toMatchObject({ from: at(0), kind: 'trade', limit: 5_000 });
  });

  it('go on from the last but one, and keep what was before', () => {
    const series = settled({ items: [0, 60, 120].map((second) => candle({ time: at(second) })), previous: at(0) });
    const asked = series.next();
    expect(asked.from).toBe(at(60));
    series.take(candles({ items: [candle({ time: at(60), close: 7 }), candle({ time: at(120), close: 8 }), candle({ time: at(180), close: 9 })], last_seq: 30 }), asked);
    expect(series.bars().map((bar) => bar.close)).toEqual([101, 7, 8, 9]);
    expect(series.previous).toBe(at(0)); // what lies before the first is not what the second answer speaks of
  });

  it('start over behind a hole that an answer does not reach across', () => {
    const series = settled({ items: [candle({ time: at(0) }), candle({ time: at(60) })] });
    series.take(candles({ items: [candle({ time: at(6_000) })], last_seq: 99, previous: at(6_000) }), series.next());
    expect(series.bars().map((bar) => bar.time)).toEqual([start + 6_000]);
    expect(series.older()).toMatchObject({ to: at(6_000), kind: 'trade', limit: 1_000 });
  });

  it('take older ones in front until there are none', () => {
    const series = settled({ items: [candle({ time: at(120) })], previous: at(120) });
    const asked = series.older();
    expect(asked).not.toBeNull();
    series.take(candles({ items: [candle({ time: at(0) }), candle({ time: at(60) })], previous: null, last_seq: 4 }), asked!);
    expect(series.bars().map((bar) => bar.time)).toEqual([start, start + 60, start + 120]);
    expect(series.older()).toBeNull();
    series.tick(tick({ seq: 9, timestamp: at(130), price: 1_000 }));
    expect(series.bars().at(-1)?.high).toBe(103); // number 9 is in the newest answer still
  });

  it('take ticks of their own symbol, run and kind only', () => {
    const series = settled();
    series.tick(tick({ seq: 11, symbol: 'ETHUSDT', price: 1 }));
    series.tick(tick({ seq: 11, run: 'run-2', price: 1 }));
    series.tick(tick({ seq: 11, run: '', price: 1 }));
    series.tick(tick({ seq: 11, kind: 'quote', price: 1 }));
    expect(series.bars()).toHaveLength(1);
    expect(series.bars()[0]).toMatchObject({ low: 99, ticks: 4 });
    expect(series.arrived).toBe(1); // the quote: something moves, so the next answer may bring trades that the monitor left out
  });

  it('are of quotes until the first trade comes, then asked for anew', () => {
    const series = settled({ kind: 'quote' });
    expect(series.ofQuotes).toBe(true);
    series.tick(tick({ seq: 11, kind: 'trade', timestamp: at(31), price: 104 }));
    expect(series.bars()).toHaveLength(1);
    expect(series.next()).toEqual({ symbol: 'BTCUSDT', interval: '1m', run: 'run-1', limit: 1_000 });
  });

  it('stay with the recording that the gateway chose', () => {
    const series = new CandleSeries({ symbol: 'BTCUSDT', interval: 60, run: undefined });
    series.take(candles({ run: 'run-9' }), series.next());
    series.tick(tick({ seq: 11, run: 'run-1' }));
    expect(series.arrived).toBe(0);
    expect(series.next().run).toBe('run-9');
  });

  it('are the same array while nothing changes', () => {
    const series = settled();
    series.tick(tick({ seq: 11, timestamp: at(31) }));
    expect(series.bars()).toBe(series.bars());
  });
});

describe('ticks on top of candles', () => {
  it('hold the first, highest, lowest and last price', () => {
    const ticks = ([[10.1, 5], [10.5, 9], [10.9, 3], [10.95, 4], [11, 8], [10.99, 100]] as const).map(([second, price]) => tick({ timestamp: at(second), price, volume: 0.1 }));
    expect(withTicks([], ticks, 1)).toEqual([
      { time: start + 10, open: 5, high: 9, low: 3, close: 4, volume: 0.4, turnover: expect.closeTo(2.1, 9), ticks: 4 },
      { time: start + 11, open: 8, high: 8, low: 8, close: 8, volume: 0.1, turnover: expect.closeTo(0.8, 9), ticks: 1 },
    ]);
  });

  it('begin at the start of their interval, days at midnight UTC', () => {
    for (const interval of Intervals) {
      const [bar] = withTicks([], [tick({ timestamp: '2024-08-08T23:59:59.999999Z' })], interval);
      expect(bar!.time % interval).toBe(0);
      expect(bar!.time).toBeGreaterThan(Date.UTC(2024, 7, 9) / 1000 - 1 - interval);
    }
  });
});

it('has a name for each interval', () => {
  expect(Intervals.map(intervalName)).toEqual(['1s', '5s', '15s', '30s', '1m', '5m', '15m', '30m', '1h', '4h', '1d']);
  expect(intervalWords(900)).toBe('15 m');
});
