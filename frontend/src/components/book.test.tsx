import { cleanup, render, renderHook, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/client';
import type { Book } from '../api/types';
import { depthOf, ladderOf, spreadBps } from '../state/book';
import { book } from '../testing/samples';
import { BookPanel } from './BookPanel';
import { type BookShelf, useBook } from './useBook';

afterEach(cleanup);

const panel = (shown: Book | undefined, problem: string | null = null, symbol: string | null = 'BTCUSDT') =>
  render(<BookPanel symbol={symbol} book={shown} problem={problem} decimals={1} />);

describe('the ladder', () => {
  it('adds up what lies before each price', () => {
    const { bids, asks, deepest } = ladderOf(book(), 20);
    expect(bids.map((rung) => rung.total)).toEqual([2, 3, 8]);
    expect(asks.map((rung) => rung.total)).toEqual([1, 4]);
    expect(deepest).toBe(8);
    expect(ladderOf(book(), 2).deepest).toBe(4);
  });

  it('makes a shape of both sides that meets at the mid', () => {
    // Mid 61,000.25; the lowest bid is 1.25 below it, the highest ask 0.75 above.
    const shape = depthOf(ladderOf(book(), 20));
    expect(shape?.prices).toEqual([60_999, 61_000.25, 61_001.5]);
    expect(shape?.bids).toEqual([[0.4, 0], [0.4, 0.25], [0.2, 0.25], [0.2, 0.375], [0, 0.375], [0, 1], [0, 1], [0, 0]]);
    expect(shape?.asks).toEqual([[0.6, 0], [0.6, 0.125], [0.8, 0.125], [0.8, 0.5], [1, 0.5], [1, 0]]);
    expect(depthOf(ladderOf(book({ asks: [] }), 20))).toBeNull();
  });

  it('has no spread in basis points without a mid', () => {
    expect(spreadBps(book())).toBeCloseTo(0.082, 3);
    expect(spreadBps(book({ spread: null, mid: null }))).toBeNull();
  });
});

describe('the order book panel', () => {
  it('draws the depth and says it in words', () => {
    panel(book());
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Depth: 8 bid down to 60,999.0, 4 offered up to 61,001.0');
    cleanup();
    panel(book({ bids: [] }));
    expect(screen.queryByTestId('depth-chart')).toBeNull();
  });

  it('shows levels best first, bars by depth, and the figures', () => {
    panel(book());
    expect(screen.getAllByTestId('bid-price').map((cell) => cell.textContent)).toEqual(['61,000.0', '60,999.5', '60,999.0']);
    expect(screen.getAllByTestId('ask-price').map((cell) => cell.textContent)).toEqual(['61,000.5', '61,001.0']);
    expect(screen.getAllByTestId('bid-total').map((cell) => cell.style.backgroundSize)).toEqual(['25% 100%', '38% 100%', '100% 100%']);
    expect(screen.getByTestId('book-spread').textContent).toBe('0.50.08 bps');
    expect(screen.getByTestId('book-mid').textContent).toBe('61,000.25');
    expect(screen.getByTestId('book-micro').textContent).toBe('61,000.30');
    expect(screen.getByTestId('book-imbalance').textContent).toBe('+0.33more bids');
    expect(screen.getByTestId('book-origin').textContent).toBe('binance-usdm · 23:54:20.000 UTC · update 42 · checksum 9f2c');
  });

  it('is a table with a name that can be scrolled by keyboard', () => {
    panel(book());
    expect(screen.getByRole('region', { name: 'Order book of BTCUSDT' })).toBeTruthy();
    const levels = screen.getByRole('region', { name: 'Levels of BTCUSDT' });
    expect(levels.tabIndex).toBe(0);
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      'Total of bids', 'Size of bid', 'Bid', 'Ask', 'Size of ask', 'Total of asks',
    ]);
  });

  it('says in words what is wrong with a book', () => {
    for (const [state, words] of [['synchronising', 'Waiting for a snapshot'], ['stale', 'last known book'], ['one_sided', 'Nobody buys'], ['crossed', 'do not trade']] as const) {
      cleanup();
      panel(book({ state }));
      expect(screen.getByTestId('book-state').dataset['state']).toBe(state);
      expect(screen.getByTestId('book-note').textContent).toContain(words);
    }

    cleanup();
    panel(book());
    expect(screen.getByTestId('book-state').textContent).toBe(' Live');
    expect(screen.queryByTestId('book-note')).toBeNull();
  });

  it('bears one side and none', () => {
    panel(book({ asks: [], spread: null, mid: null, micro_price: null, imbalance: 1, checksum: null, update_id: 0 }));
    expect(screen.getByTestId('book-mid').textContent).toBe('–');
    expect(screen.getAllByTestId('book-row')).toHaveLength(3);
    expect(screen.getByTestId('book-origin').textContent).toBe('binance-usdm · 23:54:20.000 UTC');
    cleanup();
    panel(book({ state: 'synchronising', bids: [], asks: [], spread: null, mid: null, micro_price: null, imbalance: null }));
    expect(screen.getByText('This book has no levels yet.')).toBeTruthy();
  });

  it('says why there is none and what to do', () => {
    panel(undefined, 'No order book of BTCUSDT has come in the last minute.');
    expect(screen.getByTestId('book-empty').textContent).toContain('No order book of BTCUSDT has come in the last minute. Books come of quotes or depth: replay data');
    cleanup();
    panel(undefined);
    expect(screen.getByRole('status').textContent).toBe('Loading the order book…');
    cleanup();
    panel(undefined, null, null);
    expect(screen.getByTestId('book-empty').textContent).toContain('No symbol yet');
  });
});

describe('the book of the selected symbol', () => {
  const shelf = (current: BookShelf['current'] = () => undefined) => ({ current, found: vi.fn() });

  it('is asked for once a symbol, run and connection', async () => {
    const ask = vi.fn(() => Promise.resolve(book()));
    const [client, kept] = [{ book: ask }, shelf()];
    const { rerender } = renderHook(({ run, live }) => useBook(client, 'BTCUSDT', run, live, kept), { initialProps: { run: 'run-1', live: false } });
    expect(ask).not.toHaveBeenCalled();
    rerender({ run: 'run-1', live: true });
    rerender({ run: 'run-1', live: true });
    await waitFor(() => expect(kept.found).toHaveBeenCalledTimes(1));
    rerender({ run: 'run-2', live: true });
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  });

  it('does not replace a newer one that the monitor brought', async () => {
    let known: Book | undefined;
    let answer: (book: Book) => void = () => undefined;
    const kept = shelf(() => known);
    const client = { book: () => new Promise<Book>((resolve) => { answer = resolve; }) };
    renderHook(() => useBook(client, 'BTCUSDT', null, true, kept));
    known = book({ update_id: 43 });
    answer(book());
    await Promise.resolve();
    await Promise.resolve();
    expect(kept.found).not.toHaveBeenCalled();
  });

  it('is missed in words', async () => {
    const kept = shelf();
    const missing = { book: () => Promise.reject(new ApiError('nothing here', 404)) };
    const { result } = renderHook(() => useBook(missing, 'BTCUSDT', null, true, kept));
    await waitFor(() => expect(result.current).toBe('No order book of BTCUSDT has come in the last minute.'));
    const away = { book: () => Promise.reject(new ApiError('The backend cannot be reached. Is AITrader running?', 0)) };
    const second = renderHook(() => useBook(away, 'BTCUSDT', null, true, kept));
    await waitFor(() => expect(second.result.current).toContain('cannot be reached'));
  });
});
