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

/** What lies on both sides of the mid as stepped areas: x and y run from 0 to 1, y upwards. */
export interface DepthShape {
  bids: readonly (readonly [x: number, y: number])[];
  asks: readonly (readonly [x: number, y: number])[];
  /** Prices at the left, the middle and the right. */
  prices: readonly [number, number, number];
}

/** The shape of a ladder with both sides, the mid in its middle; null where a side is empty. */
export function depthOf({ bids, asks, deepest }: Ladder): DepthShape | null {
  const [bid, ask, lowest, highest] = [bids[0], asks[0], bids.at(-1), asks.at(-1)];
  if (!bid || !ask || !lowest || !highest || deepest <= 0) {
    return null;
  }

  const mid = (bid.price + ask.price) / 2;
  const span = Math.max(mid - lowest.price, highest.price - mid);
  if (span <= 0) {
    return null;
  }

  const steps = (side: readonly Rung[], edge: number) => [
    ...side.flatMap(({ price, total }, at) => {
      const x = (price - mid) / (2 * span) + 0.5;
      return [[x, (side[at - 1]?.total ?? 0) / deepest], [x, total / deepest]] as const;
    }),
    [edge, (side.at(-1)?.total ?? 0) / deepest] as const,
    [edge, 0] as const,
  ];
  return { bids: steps(bids, 0), asks: steps(asks, 1), prices: [mid - span, mid, mid + span] };
}
