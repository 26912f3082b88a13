import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Theme } from '../theme';
import { DashboardStore } from '../state/store';
import { signal, tick, trade } from '../testing/samples';
import { candleMarkersOf } from './markers';
import { PriceChart } from './PriceChart';

// Charts draw on a canvas, which happy-dom has not: what they are told to draw is looked at instead.
const drawn = vi.hoisted(() => ({ set: [] as unknown[][], updated: [] as unknown[], markers: [] as unknown[][] }));
vi.mock('lightweight-charts', () => {
  const series = { setData: (rows: unknown[]) => drawn.set.push(rows), update: (row: unknown) => drawn.updated.push(row), applyOptions: () => undefined };
  const chart = { addSeries: () => series, applyOptions: () => undefined, timeScale: () => ({ fitContent: () => undefined }), remove: () => undefined };
  return {
    createChart: () => chart, createSeriesMarkers: () => ({ setMarkers: (rows: unknown[]) => drawn.markers.push(rows) }),
    CandlestickSeries: {}, LineSeries: {}, ColorType: { Solid: 'solid' }, LineStyle: { Dotted: 1 }, LineType: { WithSteps: 1 },
  };
});

const at = (seconds: number): string => new Date(Date.UTC(2024, 7, 8) + seconds * 1000).toISOString();
const start = Date.UTC(2024, 7, 8) / 1000;

beforeEach(() => {
  drawn.set.length = drawn.updated.length = drawn.markers.length = 0;
});

afterEach(cleanup);

function charts() {
  let draw: () => void = () => undefined;
  let now = 0;
  const store = new DashboardStore((work) => { draw = work; }, () => (now += 1_000));
  const shown = (theme: Theme = 'dark') => (
    <PriceChart store={store} state={store.getState()} symbols={['BTCUSDT']} symbol="BTCUSDT" onPick={() => undefined} theme={theme} />
  );
  const frame = () => act(() => draw());
  return { store, shown, frame };
}

function withTicks() {
  const made = charts();
  for (let second = 0; second < 12; second++) {
    made.store.receive({ type: 'tick', data: tick({ price: 100 + (second % 4), timestamp: at(second) }) });
  }

  made.store.receive({ type: 'signal', data: signal({ timestamp: at(6.5), price: 102.5 }) });
  made.frame();
  return made;
}

const choose = (view: string) => fireEvent.change(screen.getByLabelText('Chart'), { target: { value: view } });

describe('candles', () => {
  it('are drawn at the chosen interval with signals at their time and price', () => {
    const { shown } = withTicks();
    render(shown());
    choose('5');
    expect(drawn.set.at(-1)).toEqual([
      { time: start, open: 100, high: 103, low: 100, close: 100 },
      { time: start + 5, open: 101, high: 103, low: 100, close: 101 },
      { time: start + 10, open: 102, high: 103, low: 102, close: 103 },
    ]);
    expect(drawn.markers.at(-1)).toMatchObject([{ time: start + 5, price: 102.5, position: 'atPriceMiddle' }]);
    expect(screen.getByTestId('candle-chart').getAttribute('aria-label')).toContain('Candles of BTCUSDT, 5 seconds each, 3 bars; the last one opened at 102');
  });

  it('draw only what is new', () => {
    const { store, shown, frame } = withTicks();
    const { rerender } = render(shown());
    choose('5');
    const before = drawn.set.length;
    store.receive({ type: 'tick', data: tick({ price: 110, timestamp: at(15) }) });
    frame();
    rerender(shown());
    expect(drawn.set).toHaveLength(before);
    expect(drawn.updated.at(-1)).toMatchObject({ time: start + 15, close: 110 });
  });

  it('can be read as a table', () => {
    const { shown } = withTicks();
    render(shown());
    expect(screen.queryByTestId('bar-table-toggle')).toBeNull();
    choose('5');
    const toggle = screen.getByRole('button', { name: 'Table' });
    fireEvent.click(toggle);
    expect(toggle.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('region', { name: 'Bars of BTCUSDT' }).tabIndex).toBe(0);
    const rows = screen.getAllByTestId('bar-row').map((row) => [...row.children].map((cell) => cell.textContent?.trim()));
    expect(rows).toEqual([
      ['00:00:10', '102.0', '103.0', '102.0', '103.0', '2', ''],
      ['00:00:05', '101.0', '103.0', '100.0', '101.0', '5', 'EMA cross at 102.5'],
      ['00:00:00', '100.0', '103.0', '100.0', '100.0', '5', ''],
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Signals' }));
    expect(screen.queryByText(/EMA cross/)).toBeNull();
  });

  it('say that they begin with the first tick', () => {
    render(charts().shown());
    choose('60');
    expect(screen.getByTestId('no-bars').textContent).toContain('Bars begin with the first tick');
    expect(screen.getByTestId('candle-chart').getAttribute('aria-label')).toBe('Candles, no ticks yet');
  });
});

it('marks nothing outside the bars and nothing of other symbols', () => {
  const bars = [{ time: start, open: 1, high: 1, low: 1, close: 1, ticks: 1 }];
  const marks = candleMarkersOf(
    'BTCUSDT',
    [signal({ timestamp: at(0.5), price: 1 }), signal({ id: 'before', timestamp: at(-1) }), signal({ id: 'other', symbol: 'ETHUSDT', timestamp: at(0.5) })],
    [trade({ timestamp: at(0.7), side: 'SELL', price: 2 }), trade({ trade_id: 2, timestamp: at(5) })],
    bars, 1,
  );
  expect(marks).toMatchObject([{ time: start, price: 1, shape: 'circle' }, { time: start, price: 2, shape: 'arrowDown' }]);
});
