import { describe, expect, it } from 'vitest';
import { account, order, position, replay, signal, snapshot, status, tick, trade } from '../testing/samples';
import { type Change, type Dashboard, emptyDashboard, ListLimit, reduce } from './dashboard';

const after = (changes: Change[], from: Dashboard = emptyDashboard): Dashboard => changes.reduce(reduce, from);

describe('snapshot', () => {
  it('replaces the lists, so that a reconnect shows what is true now', () => {
    const before = after([{ type: 'fill', data: trade({ trade_id: 99 }) }, { type: 'order', data: order({ id: 'gone' }) }]);
    const state = reduce(before, { type: 'snapshot', data: snapshot({ fills: [trade({ trade_id: 100 })] }) });
    expect(state.ready).toBe(true);
    expect(state.fills.map((fill) => fill.trade_id)).toEqual([100]);
    expect(state.orders).toEqual([]);
    expect(state.account?.cash).toBe(93_897.44);
  });

  it('keeps the quotes of the same run and drops those of another', () => {
    const seen = after([{ type: 'snapshot', data: snapshot() }, { type: 'tick', data: tick() }]);
    expect(Object.keys(reduce(seen, { type: 'snapshot', data: snapshot() }).quotes)).toEqual(['BTCUSDT']);
    const other = snapshot({ status: status({ account: account({ run: 'run-2' }) }) });
    expect(reduce(seen, { type: 'snapshot', data: other }).quotes).toEqual({});
  });
});

it('shows the last price that signals tell of until the market moves', () => {
  const data = snapshot({ signals: [signal({ id: 'new', price: 12.5 }), signal({ id: 'old', price: 11 })] });
  expect(reduce(emptyDashboard, { type: 'snapshot', data }).quotes['BTCUSDT']).toMatchObject({ price: 12.5, bid: null, volume: null });
});

describe('ticks', () => {
  it('measure the change from the first price and remember the direction over equal prices', () => {
    const state = after([
      { type: 'tick', data: tick({ price: 100 }) }, { type: 'tick', data: tick({ price: 101.25 }) }, { type: 'tick', data: tick({ price: 101.25 }) },
    ]);
    expect(state.quotes['BTCUSDT']).toMatchObject({ first: 100, price: 101.25, direction: 1 });
  });

  it('widen the decimals to the finest price seen', () => {
    const state = after([{ type: 'tick', data: tick({ price: 1.0825, bid: 1, ask: 2 }) }, { type: 'tick', data: tick({ price: 1.08, bid: 1, ask: 2 }) }]);
    expect(state.quotes['BTCUSDT']?.decimals).toBe(4);
  });
});

describe('rows', () => {
  it('come newest first and are bounded', () => {
    const fills = Array.from({ length: ListLimit + 50 }, (_, at): Change => ({ type: 'fill', data: trade({ trade_id: at + 1 }) }));
    const state = after(fills);
    expect(state.fills).toHaveLength(ListLimit);
    expect(state.fills[0]?.trade_id).toBe(ListLimit + 50);
  });

  it('show a fill that arrives twice once', () => {
    expect(after([{ type: 'fill', data: trade() }, { type: 'fill', data: trade() }]).fills).toHaveLength(1);
  });

  it('update an order where it stands', () => {
    const state = after([
      { type: 'order', data: order({ id: 'a' }) }, { type: 'order', data: order({ id: 'b' }) }, { type: 'order', data: order({ id: 'a', status: 'FILLED' }) },
    ]);
    expect(state.orders.map((row) => `${row.id} ${row.status}`)).toEqual(['b ACCEPTED', 'a FILLED']);
  });

  it('keep identity when nothing about them changed, so that they are not drawn again', () => {
    const state = after([{ type: 'order', data: order({ id: 'a' }) }]);
    const next = reduce(state, { type: 'order', data: order({ id: 'b' }) });
    expect(next.orders[1]).toBe(state.orders[0]);
    expect(next.signals).toBe(state.signals);
  });

  it('of the history go below the live ones and never replace them', () => {
    const live = after([{ type: 'order', data: order({ id: 'a', status: 'FILLED' }) }]);
    const state = reduce(live, { type: 'history', data: { signals: [], trades: [], orders: [order({ id: 'a' }), order({ id: 'old' })] } });
    expect(state.orders.map((row) => `${row.id} ${row.status}`)).toEqual(['a FILLED', 'old ACCEPTED']);
  });
});

describe('decisions', () => {
  const decided: Change = { type: 'decision', data: { id: 'd1', signal_id: 's1', symbol: 'BTCUSDT', action: 'HOLD', score: 0.1, run: 'run-1' } };

  it('mark their signal', () => {
    expect(after([{ type: 'signal', data: signal() }, decided]).signals[0]).toMatchObject({ decision_id: 'd1', action: 'HOLD' });
  });

  it('stay on a signal that arrives again', () => {
    const state = after([{ type: 'signal', data: signal() }, decided, { type: 'signal', data: signal() }]);
    expect(state.signals[0]).toMatchObject({ decision_id: 'd1', action: 'HOLD' });
  });

  it('of an unknown signal change nothing', () => {
    expect(after([decided])).toEqual(emptyDashboard);
  });
});

it('takes account and replay as they come', () => {
  const state = after([{ type: 'account', data: account({ equity: 5 }) }, { type: 'replay', data: replay({ published: 7 }) }]);
  expect(state.account?.equity).toBe(5);
  expect(state.replay?.published).toBe(7);
});

describe('the run that is shown', () => {
  const rows = after([
    { type: 'snapshot', data: snapshot() }, { type: 'tick', data: tick() }, { type: 'signal', data: signal() }, { type: 'order', data: order() },
    { type: 'fill', data: trade() }, { type: 'positions', data: [position()] },
  ]);

  it('is named by the account, live by the empty name', () => {
    expect(rows.run).toBe('run-1');
    expect(reduce(rows, { type: 'account', data: account({ run: 'live' }) }).run).toBe('');
  });

  it('takes nothing of the run before along', () => {
    const other = reduce(rows, { type: 'account', data: account({ run: 'live' }) });
    expect([other.signals, other.orders, other.fills, other.positions]).toEqual([[], [], [], []]);
    expect([other.quotes, other.books]).toEqual([{}, {}]);
  });

  it('stays where a replay begins that is not shown, and where there is no account', () => {
    expect(reduce(rows, { type: 'replay', data: replay({ run: 'run-2' }) })).toMatchObject({ run: 'run-1', fills: rows.fills });
    expect(reduce(rows, { type: 'status', data: status({ account: null }) })).toMatchObject({ run: 'run-1', fills: rows.fills });
  });
});

it('ignores what a newer gateway may send', () => {
  expect(reduce(emptyDashboard, { type: 'weather', data: {} } as unknown as Change)).toBe(emptyDashboard);
});
