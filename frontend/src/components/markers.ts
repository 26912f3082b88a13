import type { SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import type { Trade } from '../api/types';
import { type Bar, type Interval, startOf } from '../state/candles';
import type { SignalRow } from '../state/dashboard';
import { seconds } from '../state/history';
import { colour } from '../theme';

interface Row {
  symbol: string;
  timestamp: string;
}

/** Marks of one look on every chart: a signal is an arrow that points its way, a fill a square at its price. */
function marks(
  signals: readonly SignalRow[], fills: readonly Trade[], timeOf: (row: Row) => number | null,
): SeriesMarker<Time>[] {
  const [up, down, signalUp, signalDown] = ['up', 'down', 'signal-up', 'signal-down'].map(colour) as [string, string, string, string];
  const placed = <T extends Row>(rows: readonly T[], look: (row: T, time: UTCTimestamp) => SeriesMarker<Time>): SeriesMarker<Time>[] => rows.flatMap((row) => {
    const time = timeOf(row);
    return time === null ? [] : [look(row, time as UTCTimestamp)];
  });
  return [
    ...placed(signals, (signal, time) => signal.direction === 'BULLISH'
      ? { time, position: 'belowBar', shape: 'arrowUp', color: signalUp, size: 0.8 }
      : { time, position: 'aboveBar', shape: 'arrowDown', color: signalDown, size: 0.8 }),
    ...placed(fills, (fill, time) => ({ time, position: 'atPriceMiddle', price: fill.price, shape: 'square', color: fill.side === 'BUY' ? up : down, size: 0.5 })),
  ].sort((a, b) => (a.time as number) - (b.time as number));
}

/** Marks on the price line, oldest first; what lies before the drawn line would pile up at its start and is left out. */
export function markersOf(
  symbol: string, signals: readonly SignalRow[], fills: readonly Trade[], points: readonly { time: number }[],
): SeriesMarker<Time>[] {
  const from = points[0]?.time ?? Number.POSITIVE_INFINITY;
  return marks(signals, fills, (row) => (row.symbol === symbol && seconds(row.timestamp) >= from ? seconds(row.timestamp) : null));
}

/** Marks on candles, each in its own; what lies in none would be drawn at a time that is not its own, and is left out. */
export function candleMarkersOf(
  symbol: string, signals: readonly SignalRow[], fills: readonly Trade[], bars: readonly Bar[], interval: Interval,
): SeriesMarker<Time>[] {
  const starts = new Set(bars.map((bar) => bar.time));
  return marks(signals, fills, (row) => {
    const time = startOf(seconds(row.timestamp), interval);
    return row.symbol === symbol && starts.has(time) ? time : null;
  });
}
