import type { SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import type { Trade } from '../api/types';
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
