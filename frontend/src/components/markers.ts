import type { SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import type { Trade } from '../api/types';
import { type Bar, type Interval, startOf } from '../state/bars';
import type { SignalRow } from '../state/dashboard';
import { seconds } from '../state/history';
import { colour } from '../theme';

/** Fills carry words only while there are few enough to read them. */
const WordsUpTo = 8;

/** Marks on the price line, oldest first; what lies before the drawn line would pile up at its start and is left out. */
export function markersOf(
  symbol: string, signals: readonly SignalRow[], fills: readonly Trade[], points: readonly { time: number }[],
): SeriesMarker<Time>[] {
  const from = points[0]?.time ?? Number.POSITIVE_INFINITY;
  const mine = <T extends { symbol: string; timestamp: string }>(row: T): boolean => row.symbol === symbol && seconds(row.timestamp) >= from;
  const shownFills = fills.filter(mine);
  const [up, down, signalUp, signalDown] = ['up', 'down', 'signal-up', 'signal-down'].map(colour) as [string, string, string, string];
  const marks: SeriesMarker<Time>[] = signals.filter(mine).map((signal) => ({
    time: seconds(signal.timestamp) as UTCTimestamp,
    position: signal.direction === 'BULLISH' ? 'belowBar' : 'aboveBar',
    shape: 'circle',
    size: 0.6,
    color: signal.direction === 'BULLISH' ? signalUp : signalDown,
  }));
  for (const fill of shownFills) {
    const buy = fill.side === 'BUY';
    marks.push({
      time: seconds(fill.timestamp) as UTCTimestamp,
      position: buy ? 'belowBar' : 'aboveBar',
      shape: buy ? 'arrowUp' : 'arrowDown',
      color: buy ? up : down,
      ...(shownFills.length <= WordsUpTo ? { text: `${buy ? 'Buy' : 'Sell'} ${fill.qty}` } : {}),
    });
  }

  return marks.sort((a, b) => (a.time as number) - (b.time as number));
}

/** Marks on candles: in their bar, at their price. What lies in no bar would be drawn at a time that is not its own, and is left out. */
export function candleMarkersOf(
  symbol: string, signals: readonly SignalRow[], fills: readonly Trade[], bars: readonly Bar[], interval: Interval,
): SeriesMarker<Time>[] {
  const starts = new Set(bars.map((bar) => bar.time));
  const [up, down, signalUp, signalDown] = ['up', 'down', 'signal-up', 'signal-down'].map(colour) as [string, string, string, string];
  const placed = <T extends { symbol: string; timestamp: string; price: number }>(rows: readonly T[], look: (row: T) => { color: string; shape: 'circle' | 'arrowUp' | 'arrowDown'; size: number }) =>
    rows.flatMap((row): SeriesMarker<Time>[] => {
      const time = startOf(seconds(row.timestamp), interval);
      return row.symbol === symbol && starts.has(time) ? [{ time: time as UTCTimestamp, position: 'atPriceMiddle', price: row.price, ...look(row) }] : [];
    });
  return [
    ...placed(signals, (signal) => ({ color: signal.direction === 'BULLISH' ? signalUp : signalDown, shape: 'circle', size: 0.8 })),
    ...placed(fills, (fill) => ({ color: fill.side === 'BUY' ? up : down, shape: fill.side === 'BUY' ? 'arrowUp' : 'arrowDown', size: 0.7 })),
  ].sort((a, b) => (a.time as number) - (b.time as number));
}
