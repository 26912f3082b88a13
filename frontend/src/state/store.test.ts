import { describe, expect, it, vi } from 'vitest';
import { account, book, order, replay, signal, snapshot, status, tick, trade } from '../testing/samples';
import { ListLimit } from './dashboard';
import { DashboardStore } from './store';

/** Frames come when the test says so, 100 ms apart. */
function framed() {
  let pending: (() => void) | null = null;
  let now = 0;
  const store = new DashboardStore((draw) => { pending = draw; }, () => now);
  const frame = (elapsed = 100) => {
    now += elapsed;
    const draw = pending;
    pending = null;
    draw?.();
    return draw !== null;
  };
  return { store, frame };
}

const at = (seconds: number): string => new Date(Date.UTC(2024, 7, 8) + seconds * 1000).toISOString();

describe('the store', () => {
  it('redraws once a frame however many messages came', () => {
    const { store, frame } = framed();
    const listener = vi.fn();
    store.subscribe(listener);
    for (let n = 0; n < 20_000; n++) {
      store.receive({ type: 'tick', data: tick({ price: n, timestamp: at(n / 20_000) }) });
    }

    expect(listener).not.toHaveBeenCalled();
    frame();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getState().quotes['BTCUSDT']?.price).toBe(19_999);
    expect(store.history.price('BTCUSDT').points.length).toBeLessThanOrEqual(21);
  });

  it('keeps what it shows bounded through a flood of ticks and rows', () => {
    const { store, frame } = framed();
    for (let n = 0; n < 20_000; n++) {
      store.receive({ type: 'tick', data: tick({ symbol: `S${n % 50}`, price: n, timestamp: at(n / 20_000) }) });
      if (n % 10 === 0) {
        store.receive({ type: 'signal', data: signal({ id: `s${n}` }) });
      }
    }

    frame();
    expect(Object.keys(store.getState().quotes)).toHaveLength(50);
    expect(store.getState().signals).toHaveLength(ListLimit);
  });

  it('waits with the next redraw until the eye could see it', () => {
    const { store, frame } = framed();
    const listener = vi.fn();
    store.subscribe(listener);
    store.receive({ type: 'fill', data: trade() });
    frame();
    store.receive({ type: 'fill', data: trade({ trade_id: 2 }) });
    frame(16);
    expect(listener).toHaveBeenCalledTimes(1);
    frame(100);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('stays bounded where no frame ever comes', () => {
    const { store } = framed();
    for (let n = 0; n < 10_000; n++) {
      store.receive({ type: 'fill', data: trade({ trade_id: n }) });
    }

    expect(store['queue'].length).toBeLessThanOrEqual(8 * ListLimit);
    expect(store.getState().fills[0]?.trade_id).toBeGreaterThan(8_000);
  });

  it('starts the charts over with a new run, and not with the same', () => {
    const { store } = framed();
    store.receive({ type: 'snapshot', data: snapshot() });
    store.receive({ type: 'tick', data: tick() });
    store.receive({ type: 'replay', data: replay({ published: 200 }) });
    expect(store.history.price('BTCUSDT').points).toHaveLength(1);
    store.receive({ type: 'account', data: account({ run: 'run-2' }) });
    expect(store.history.price('BTCUSDT').points).toHaveLength(0);
  });

  it('adds older rows below those that are shown', () => {
    const { store, frame } = framed();
    store.receive({ type: 'snapshot', data: snapshot({ signals: [signal({ id: 'c' })] }) });
    store.addHistory('run-1', [signal({ id: 'c' }), signal({ id: 'b' }), signal({ id: 'a' })], [], []);
    frame();
    expect(store.getState().signals.map((row) => row.id)).toEqual(['c', 'b', 'a']);
  });

  it('draws what is booked after the last tick', () => {
    const { store } = framed();
    store.receive({ type: 'snapshot', data: snapshot() });
    store.receive({ type: 'status', data: status({ account: account({ equity: 100_050 }) }) });
    expect(store.history.equity.points.at(-1)?.total).toBe(50);
  });

  it('draws profit and loss over event time though the account was known before it', () => {
    const { store } = framed();
    store.receive({ type: 'snapshot', data: snapshot({ status: status({ replay: replay({ event_time: null }) }) }) });
    expect(store.history.equity.points).toHaveLength(1);
    store.receive({ type: 'tick', data: tick({ timestamp: at(10) }) });
    store.receive({ type: 'account', data: account({ equity: 100_007 }) });
    store.receive({ type: 'tick', data: tick({ timestamp: at(20) }) });
    store.receive({ type: 'account', data: account({ equity: 100_009 }) });
    expect(store.history.equity.points.map((point) => point.total)).toEqual([7, 9]);
  });

  it('keeps the newest book a symbol until it redraws, and drops those of the run before', () => {
    const { store, frame } = framed();
    store.receive({ type: 'snapshot', data: snapshot() });
    for (let n = 1; n <= 1_000; n++) {
      store.receive({ type: 'book', data: book({ update_id: n }) });
    }

    expect(store['queue'].length).toBeLessThan(10);
    frame();
    expect(store.getState().books['BTCUSDT']?.update_id).toBe(1_000);
    store.receive({ type: 'book', data: book({ update_id: 1_001 }) });
    store.receive({ type: 'account', data: account({ run: 'run-2' }) });
    frame();
    expect(store.getState().books).toEqual({});
  });

  it('shows a run until the account is that of another', () => {
    const { store, frame } = framed();
    store.receive({ type: 'snapshot', data: snapshot() });
    store.receive({ type: 'tick', data: tick() });
    store.receive({ type: 'replay', data: replay({ run: null, state: 'loading' }) });
    store.receive({ type: 'replay', data: replay({ run: 'run-2' }) });
    frame();
    expect(store.getState().quotes['BTCUSDT']).toBeDefined();
    store.receive({ type: 'account', data: account({ run: 'run-2' }) });
    frame();
    expect(store.getState().quotes).toEqual({});
  });

  it('ignores what the monitor tells of other runs', () => {
    const { store, frame } = framed();
    store.receive({ type: 'snapshot', data: snapshot({ signals: [signal()] }) });
    store.receive({ type: 'tick', data: tick({ run: '', price: 5 }) });
    store.receive({ type: 'tick', data: tick({ run: 'run-0', price: 6 }) });
    store.receive({ type: 'signal', data: signal({ id: 'other', run: '' }) });
    store.receive({ type: 'decision', data: { id: 'd9', signal_id: 's1', symbol: 'BTCUSDT', action: 'SELL', score: 1, run: '' } });
    store.receive({ type: 'order', data: order({ id: 'other', run: '' }) });
    store.receive({ type: 'fill', data: trade({ trade_id: 9, run: '' }) });
    store.receive({ type: 'book', lane: 'live', data: book() });
    frame();
    const state = store.getState();
    expect(state.quotes['BTCUSDT']?.price).toBe(61_001);
    expect(state.signals).toEqual([signal()]);
    expect([state.orders, state.fills, state.books]).toEqual([[], [], {}]);
    expect(store.history.price('BTCUSDT').points).toEqual([]);
  });

  it('takes the books of its own lane', () => {
    const { store, frame } = framed();
    store.receive({ type: 'snapshot', data: snapshot() });
    store.receive({ type: 'book', lane: 'replays', data: book({ update_id: 7 }) });
    frame();
    expect(store.getState().books['BTCUSDT']?.update_id).toBe(7);
    store.receive({ type: 'account', data: account({ run: 'live' }) });
    store.receive({ type: 'book', lane: 'replays', data: book({ update_id: 8 }) });
    store.receive({ type: 'book', lane: 'live', data: book({ symbol: 'NSE:INFY', update_id: 9 }) });
    frame();
    expect(Object.entries(store.getState().books).map(([symbol, of]) => [symbol, of.update_id])).toEqual([['NSE:INFY', 9]]);
  });

  it('asks for the rows of another run once it is shown, and takes no older ones of the run before', () => {
    const { store, frame } = framed();
    const asked = vi.fn();
    store.onOtherRun = asked;
    store.receive({ type: 'snapshot', data: snapshot() });
    store.receive({ type: 'account', data: account({ equity: 1 }) });
    expect(asked).not.toHaveBeenCalled();
    store.receive({ type: 'account', data: account({ run: 'live' }) });
    store.receive({ type: 'account', data: account({ run: 'live', equity: 2 }) });
    expect(asked).toHaveBeenCalledTimes(1);
    store.addHistory('run-1', [signal()], [order()], [trade()]);
    store.receive({ type: 'snapshot', data: snapshot({ status: status({ account: account({ run: 'run-3' }) }) }) });
    frame();
    expect(asked).toHaveBeenCalledTimes(1);
    expect([store.shownRun, store.getState().signals, store.getState().fills]).toEqual(['run-3', [], []]);
  });
});
