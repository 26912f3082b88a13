import { describe, expect, it } from 'vitest';
import { tick } from '../testing/samples';
import { aggregate, BarSeries } from './bars';
import { ChartHistory } from './history';

describe('bars of one second', () => {
  it('hold the first, highest, lowest and last price', () => {
    const series = new BarSeries();
    [[10.1, 5], [10.5, 9], [10.9, 3], [10.95, 4], [11, 8]].forEach(([at, price]) => series.add(at as number, price as number));
    expect(series.bars).toEqual([
      { time: 10, open: 5, high: 9, low: 3, close: 4, ticks: 4 },
      { time: 11, open: 8, high: 8, low: 8, close: 8, ticks: 1 },
    ]);
  });

  it('leave out what comes too late', () => {
    const series = new BarSeries();
    series.add(11, 1);
    series.add(10.9, 100);
    expect(series.bars).toEqual([{ time: 11, open: 1, high: 1, low: 1, close: 1, ticks: 1 }]);
  });

  it('are bounded, and cut at a full minute', () => {
    const series = new BarSeries(200);
    for (let at = 30; at <= 230; at++) {
      series.add(at, at);
    }

    expect(series.bars[0]?.time).toBe(120);
    expect(series.bars.at(-1)?.time).toBe(230);
    expect(series.epoch).toBe(1);
  });
});

describe('longer intervals', () => {
  const series = new BarSeries();
  for (let at = 0; at < 150; at++) {
    series.add(at, Math.sin(at) * 100);
  }

  it('agree with bars made of the ticks themselves', () => {
    for (const interval of [1, 5, 15, 30, 60]) {
      const direct = new BarSeries();
      for (let at = 0; at < 150; at++) {
        direct.add(Math.floor(at / interval), Math.sin(at) * 100);
      }

      expect(aggregate(series.bars, interval)).toEqual(direct.bars.map((bar) => ({ ...bar, time: bar.time * interval })));
    }
  });

  it('leave the seconds as they are', () => {
    const before = structuredClone(series.bars);
    aggregate(series.bars, 60);
    expect(series.bars).toEqual(before);
  });
});

it('are kept by symbol and start over with a run', () => {
  const history = new ChartHistory();
  history.tick(tick());
  history.tick(tick({ symbol: 'ETHUSDT', price: 7 }));
  expect(history.bars('ETHUSDT').bars).toMatchObject([{ close: 7 }]);
  history.clear();
  expect(history.bars('BTCUSDT').bars).toEqual([]);
  expect(history.bars('BTCUSDT').epoch).toBe(1);
});
