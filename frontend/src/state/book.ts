import type { Book, Level } from '../api/types';

export interface Rung {
  price: number;
  size: number;
  /** Sizes from the best price down to this one. */
  total: number;
}

/** Levels with what lies at or before each, best first. */
export function rungs(levels: readonly Level[], depth: number): Rung[] {
  let total = 0;
  return levels.slice(0, depth).map(([price, size]) => ({ price, size, total: (total += size) }));
}

export interface Ladder {
  bids: Rung[];
  asks: Rung[];
  /** The deepest of both sides: the length of a full bar. */
  deepest: number;
}

export function ladderOf(book: Book, depth: number): Ladder {
  const [bids, asks] = [rungs(book.bids, depth), rungs(book.asks, depth)];
  return { bids, asks, deepest: Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0) };
}

/** The spread in basis points of the mid; null where there is no mid. */
export const spreadBps = (book: Book): number | null =>
  book.spread !== null && book.mid ? (book.spread / book.mid) * 10_000 : null;
