import { describe, expect, it } from 'vitest';
import { account, tick, trade } from '../testing/samples';
import { bookedLine, ChartHistory, Line } from './history';

const times = (line: Line<{ time: number }>): number[] => line.points.map((point) => point.time);

describe('a line', () => {
  it('takes close points as one: the newest value at the first time', () => {
    const line = new Line<{ time: number; value: number }>(100, 0.05);
    line.add({ time: 1, value: 1 });
    line.add({ time: 1.01, value: 2 });
    line.add({ time: 1.2, value: 3 });
    expect(line.points).toEqual([{ time: 1, value: 2 }, { time: 1.2, value: 3 }]);
  });

  it('refuses points that run backwards', () => {
    const line = new Line<{ time: number }>();
    line.add({ time: 5 });
    line.add({ time: 4 });
    expect(times(line)).toEqual([5]);
  });

  it('drops its oldest quarter at the limit and says that the drawing no longer holds', () => {
    const line = new Line<{ time: number }>(100);
    for (let at = 0; at <= 100; at++) {
      line.add({ time: at });
    }

    expect(line.points).toHaveLength(76);
    expect(times(line).at(-1)).toBe(100);
    expect(line.epoch).toBe(1);
  });

  it('takes older points in front, none twice', () => {
    const line = new Line<{ time: number }>();
    line.add({ time: 10 });
    line.prepend([{ time: 8 }, { time: 9 }, { time: 10 }, { time: 11 }]);
    expect(times(line)).toEqual([8, 9, 10]);
    expect(line.epoch).toBe(1);
  });
});

describe('the booked line', () => {
  it('walks back from what the account says', () => {
    const trades = [
      trade({ trade_id: 2, timestamp: '2024-08-08T23:55:00Z', pnl: 10, fees: 1 }),
      trade({ trade_id: 1, timestamp: '2024-08-08T23:54:00Z', pnl: 0, fees: 2 }),
    ];
    const line = bookedLine(account({ realised_pnl: 10, fees: 3 }), trades);
    expect(line.map((point) => point.booked)).toEqual([-2, 7]);
  });

  it('ends where an earlier replay of the same hours begins', () => {
    const trades = [trade({ timestamp: '2024-08-08T23:55:00Z' }), trade({ timestamp: '2024-08-08T23:59:00Z' })];
    expect(bookedLine(account(), trades)).toHaveLength(1);
  });
});

it('draws the account in event time', () => {
  const history = new ChartHistory();
  history.tick(tick({ timestamp: '2024-08-08T23:55:00.500Z' }));
  history.account(account({ equity: 100_010 }), 1);
  expect(history.equity.points).toEqual([{ time: Date.parse('2024-08-08T23:55:00.500Z') / 1000, total: 10, booked: -2.44 }]);
});
