import { describe, expect, it } from 'vitest';
import { replay, status } from '../testing/samples';
import { ceilingOf, HealthHistory } from './health';

const late = { p50: 0.5, p99: 12, max: 20, drift: 0.02 };
const marks = { published: 100, pattern: 90, strategy: 101, execution: 80, store: 0 };

describe('readings of lateness and lag', () => {
  it('say how late ticks are, how far stages are behind and what waits', () => {
    const history = new HealthHistory();
    history.status(status({ replay: replay({ lateness_ms: late, watermarks: marks }) }), 10);
    expect(history.readings).toEqual([{ time: 10, p50: 0.5, p99: 12, drift: 0.02, behind: [10, 0, 20, 100], waiting: 3 }]);
    history.replay(null, 11);
    expect(history.readings.at(-1)).toEqual({ time: 11, p50: null, p99: null, drift: null, behind: [null, null, null, null], waiting: 3 });
  });

  it('keep the newest of half a second, and five minutes', () => {
    const history = new HealthHistory();
    for (let at = 0; at < 4_000; at++) {
      history.replay(replay({ lateness_ms: { ...late, p50: at } }), at / 10);
    }

    expect(history.readings.at(-1)?.p50).toBe(3_999);
    expect(history.readings[0]!.time).toBeGreaterThanOrEqual(99.5);
    expect(history.readings.length).toBeLessThanOrEqual(601);
  });
});

it('chooses a round number that nothing sticks out of', () => {
  expect([[], [0], [0.3], [1.5, null], [3, 4.9], [5.1], [101], [100], [2_300]].map(ceilingOf)).toEqual([1, 1, 1, 2, 5, 10, 200, 100, 5_000]);
});
