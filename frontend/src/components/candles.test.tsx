import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Candles, CandlesWanted } from '../api/types';
import type { Theme } from '../theme';
import { DashboardStore } from '../state/store';
import { candle, candles, signal, snapshot, tick, trade } from '../testing/samples';
import { drawRows } from './drawLine';
import { candleMarkersOf } from './markers';
import { PriceChart } from './PriceChart';
import { shownRun } from './useCandles';

// Charts draw on a canvas, which happy-dom has not: what they are told to draw is looked at instead.
const drawn = vi.hoisted(() => ({ set: [] as unknown[][], updated: [] as unknown[], resized: [] as (() => void)[], fitted: 0, markers: [] as unknown[][], added: [] as string[], removed: 0 }));
vi.mock('lightweight-charts', () => {
  const addSeries = (kind: string) => {
    drawn.added.push(kind);
    const isCandles = kind === 'candles';
    return {
      setData: (rows: unknown[]) => isCandles && rows.length > 0 && drawn.set.push(rows), update: (row: unknown) => isCandles && drawn.updated.push(row),
      applyOptions: () => undefined, priceScale: () => ({ applyOptions: () => undefined }),
    };
  };
  const timeScale = () => ({
    fitContent: () => { drawn.fitted++; }, subscribeSizeChange: (handler: () => void) => drawn.resized.push(handler), unsubscribeSizeChange: (handler: () => void) => drawn.resized.splice(drawn.resized.indexOf(handler), 1),
    subscribeVisibleLogicalRangeChange: () => undefined, unsubscribeVisibleLogicalRangeChange: () => undefined });
  const chart = {
    addSeries, timeScale, removeSeries: () => { drawn.removed++; }, applyOptions: () => undefined, remove: () => undefined, setCrosshairPosition: () => undefined,
    clearCrosshairPosition: () => undefined, subscribeCrosshairMove: () => undefined, unsubscribeCrosshairMove: () => undefined,
  };
  return {
    createChart: () => chart, createSeriesMarkers: () => ({ setMarkers: (rows: unknown[]) => drawn.markers.push(rows) }),
    CandlestickSeries: 'candles', LineSeries: 'line', HistogramSeries: 'volume', ColorType: { Solid: 'solid' },
    LineStyle: { Dotted: 1, Dashed: 2, Solid: 0 }, LineType: { WithSteps: 1 },
  };
});

const at = (seconds: number): string => new Date(Date.UTC(2024, 7, 8) + seconds * 1000).toISOString();
const start = Date.UTC(2024, 7, 8) / 1000;
const past: Candles = candles({
  interval: '5s', last_seq: 3,
  items: [candle({ time: at(0), open: 100, high: 103, low: 100, close: 100 }), candle({ time: at(5), open: 101, high: 103, low: 100, close: 101, volume: 0.5 })],
});

beforeEach(() => {
  localStorage.clear();
  drawn.set.length = drawn.updated.length = drawn.markers.length = drawn.added.length = drawn.removed = 0;
});

afterEach(cleanup);

function charts(answer: (wanted: CandlesWanted) => Promise<Candles> = () => Promise.resolve(past)) {
  let draw: () => void = () => undefined;
  let now = 0;
  const asked: CandlesWanted[] = [];
  const store = new DashboardStore((work) => { draw = work; }, () => (now += 1_000));
  const client = { candles: (wanted: CandlesWanted) => { asked.push(wanted); return answer(wanted); } };
  const shown = (live = true, theme: Theme = 'dark') => (
    <PriceChart client={client} live={live} store={store} state={store.getState()} symbols={['BTCUSDT']} symbol="BTCUSDT" onPick={() => undefined} theme={theme} />
  );
  const frame = () => act(() => draw());
  store.receive({ type: 'snapshot', data: snapshot() });
  store.receive({ type: 'tick', data: tick({ seq: 1, timestamp: at(0) }) });
  store.receive({ type: 'signal', data: signal({ timestamp: at(6.5), price: 102.5 }) });
  store.receive({ type: 'fill', data: trade({ timestamp: at(7), price: 102.5 }) });
  frame();
  return { store, shown, frame, asked };
}

const choose = (view: string) => act(async () => fireEvent.change(screen.getByLabelText('Chart'), { target: { value: view } }));

describe('candles', () => {
  it('begin with what is stored and go on with ticks', async () => {
    const { store, shown, frame, asked } = charts();
    const { rerender } = render(shown());
    await choose('5');
    expect(asked.at(-1)).toEqual({ symbol: 'BTCUSDT', interval: '5s', run: 'run-1', limit: 1_000 });
    expect(drawn.set.at(-1)).toEqual([
      { time: start, open: 100, high: 103, low: 100, close: 100 },
      { time: start + 5, open: 101, high: 103, low: 100, close: 101 },
    ]);
    const before = drawn.set.length;
    store.receive({ type: 'tick', data: tick({ seq: 3, price: 999, timestamp: at(8) }) }); // stored already
    store.receive({ type: 'tick', data: tick({ seq: 4, price: 110, timestamp: at(15) }) });
    frame();
    rerender(shown());
    expect(drawn.set).toHaveLength(before);
    expect(drawn.updated).toEqual([{ time: start + 15, open: 110, high: 110, low: 110, close: 110 }]);
    expect(drawn.markers.at(-1)).toMatchObject([{ time: start + 5, shape: 'arrowUp', position: 'belowBar' }, { time: start + 5, shape: 'square', price: 102.5 }]);
    expect(screen.getByTestId('candle-chart').getAttribute('aria-label')).toContain('Candles of BTCUSDT, 5 s each, 3 bars; the last one opened at 110');
  });

  it('ask again when the connection is back', async () => {
    const { shown, asked } = charts();
    const { rerender } = render(shown());
    await choose('5');
    const before = asked.length;
    rerender(shown(false));
    await act(async () => rerender(shown(true)));
    expect(asked).toHaveLength(before + 1);
    expect(asked.at(-1)).toMatchObject({ from: at(0), kind: 'trade' });
  });

  it('say what is missing and show the ticks that came', async () => {
    const { store, shown, frame } = charts(() => Promise.reject(new Error('The database is away.')));
    const { rerender } = render(shown());
    await choose('5');
    expect(screen.getByTestId('candles-problem').textContent).toContain('The database is away.');
    store.receive({ type: 'tick', data: tick({ seq: 4, price: 110, timestamp: at(15) }) });
    frame();
    rerender(shown());
    expect(screen.getByTestId('candle-chart').dataset['bars']).toBe('1');
  });

  it('can be read as a table', async () => {
    const { shown } = charts();
    render(shown());
    expect(screen.queryByTestId('bar-table-toggle')).toBeNull();
    await choose('5');
    const toggle = screen.getByRole('button', { name: 'Table' });
    fireEvent.click(toggle);
    expect(toggle.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('region', { name: 'Bars of BTCUSDT' }).tabIndex).toBe(0);
    const rows = screen.getAllByTestId('bar-row').map((row) => [...row.children].map((cell) => cell.textContent?.trim()));
    expect(rows).toEqual([
      ['2024-08-08 00:00:05', '101.0', '103.0', '100.0', '101.0', '0.5', '4', 'EMA cross at 102.5Buy 0.1 at 102.5'],
      ['2024-08-08 00:00:00', '100.0', '103.0', '100.0', '100.0', '2', '4', ''],
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Signals' }));
    expect(screen.queryByText(/EMA cross/)).toBeNull();
  });

  it('tell the numbers, signals and evidence of the bar that arrow keys point at', async () => {
    const { shown } = charts();
    render(shown());
    await choose('5');
    expect(screen.getByTestId('chart-legend').textContent).toContain('2024-08-08 00:00:05 · 5 sOpen 101.0High 103.0Low 100.0Close 101.0Volume 0.5');
    expect(screen.queryByTestId('chart-events')).toBeNull();
    const chart = screen.getByTestId('candle-chart');
    fireEvent.keyDown(chart, { key: 'End' });
    expect(screen.getByTestId('chart-events').textContent).toContain('EMA cross up, score 0.70EMA fast 61,001.25Distance bps 0.5');
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(screen.getByTestId('chart-legend').textContent).toContain('Open 100.0');
    expect(screen.queryByTestId('chart-events')).toBeNull();
    fireEvent.keyDown(chart, { key: 'Escape' });
    expect(screen.getByTestId('chart-legend').textContent).toContain('Open 101.0');
  });

  it('have lines over them, which this browser remembers', async () => {
    const { shown } = charts();
    const { unmount } = render(shown());
    await choose('5');
    const before = drawn.added.filter((kind) => kind === 'line').length;
    fireEvent.click(screen.getByRole('button', { name: 'EMA' }));
    expect(drawn.added.filter((kind) => kind === 'line')).toHaveLength(before + 2);
    fireEvent.click(screen.getByRole('button', { name: 'VWAP' }));
    expect(screen.getByTestId('chart-legend').textContent).toContain('VWAP of the day 161.6');
    fireEvent.click(screen.getByRole('button', { name: 'EMA' }));
    expect(drawn.removed).toBe(2);
    unmount();
    render(shown());
    expect(screen.getByRole('button', { name: 'VWAP' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('button', { name: 'EMA' }).getAttribute('aria-pressed')).toBe('false');
  });
});

it('keeps all candles in sight when the size changes, until the reader moves the chart', async () => {
  const { shown } = charts();
  render(shown());
  await choose('5');
  const before = drawn.fitted;
  drawn.resized.forEach((handler) => handler());
  expect(drawn.fitted).toBe(before + 1);
  fireEvent.pointerDown(screen.getByTestId('candle-chart'));
  expect(drawn.resized).toEqual([]);
});

describe('the recording that is shown', () => {
  const { status } = snapshot();

  it('is that of the account, and whatever there is while the account is not known', () => {
    expect(shownRun({ status, run: 'run-1' })).toEqual({ run: 'run-1' });
    expect(shownRun({ status, run: '' })).toEqual({ run: '' });
    expect(shownRun({ status, run: null })).toEqual({ run: undefined });
    expect(shownRun({ status: null, run: null })).toBeNull();
  });
});

it('marks nothing outside the bars and nothing of other symbols', () => {
  const bars = [{ time: start, open: 1, high: 1, low: 1, close: 1, volume: 1, turnover: 1, ticks: 1 }];
  const marks = candleMarkersOf(
    'BTCUSDT',
    [signal({ timestamp: at(0.5), direction: 'BEARISH' }), signal({ id: 'before', timestamp: at(-1) }), signal({ id: 'other', symbol: 'ETHUSDT', timestamp: at(0.5) })],
    [trade({ timestamp: at(0.7), side: 'SELL', price: 2 }), trade({ trade_id: 2, timestamp: at(5) })],
    bars, 1,
  );
  expect(marks).toMatchObject([{ time: start, shape: 'arrowDown', position: 'aboveBar' }, { time: start, price: 2, shape: 'square' }]);
});

describe('drawing rows', () => {
  const calls: unknown[] = [];
  const series = { setData: (rows: unknown) => calls.push(['set', rows]), update: (row: unknown) => calls.push(['update', row]) } as never;
  const row = (time: number, value?: number) => (value === undefined ? { time } : { time, value }) as never;

  it('touches only what changed at the end, and all of it where more did', () => {
    const first = drawRows(series, [row(1, 1), row(2, 2)], []);
    const second = drawRows(series, [row(1, 1), row(2, 3), row(3, 4)], first);
    const third = drawRows(series, [row(1, 9), row(2, 3), row(3, 4)], second);
    drawRows(series, [row(1, 9), row(2, 3), row(3)], third);
    expect(calls.splice(0)).toEqual([
      ['set', [row(1, 1), row(2, 2)]], ['update', row(2, 3)], ['update', row(3, 4)], ['set', [row(1, 9), row(2, 3), row(3, 4)]], ['update', row(3)],
    ]);
  });

  it('draws all of it where a row turns up before the last one, as a chart refuses to go back', () => {
    const first = drawRows(series, [row(1, 1), row(5, 2)], []);
    drawRows(series, [row(1, 1), row(3, 7), row(5, 2)], first);
    expect(calls.splice(0)).toEqual([['set', [row(1, 1), row(5, 2)]], ['set', [row(1, 1), row(3, 7), row(5, 2)]]]);
  });
});
