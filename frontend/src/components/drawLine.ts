import type { ISeriesApi, LineData, SeriesType, UTCTimestamp, WhitespaceData } from 'lightweight-charts';

/** How much of a line a chart has drawn already. */
export interface Drawn {
  epoch: number;
  count: number;
}

/** Draws what is new at the end of a line, with gaps where there is no number; all of it where the line started over. */
export function drawLine<S extends 'Line' | 'Baseline', T extends { time: number }>(
  series: ISeriesApi<S>, points: readonly T[], epoch: number, drawn: Drawn, value: (point: T) => number | null,
): void {
  const row = (point: T): LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp> => {
    const time = point.time as UTCTimestamp;
    const number = value(point);
    return number === null ? { time } : { time, value: number };
  };
  const line = series as ISeriesApi<'Line'>;
  if (drawn.epoch !== epoch) {
    line.setData(points.map(row));
  } else {
    // The last point drawn may have changed since: it is drawn again.
    for (let at = Math.max(0, drawn.count - 1); at < points.length; at++) {
      line.update(row(points[at] as T));
    }
  }

  drawn.epoch = epoch;
  drawn.count = points.length;
}

type Row<S extends SeriesType> = Parameters<ISeriesApi<S>['update']>[0];

const isSame = (a: object, b: object): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => (b as Record<string, unknown>)[name] === value);

/** Draws what differs from what is drawn: only the end where only that changed, else everything. Returns what is drawn now. */
export function drawRows<S extends SeriesType>(series: ISeriesApi<S>, rows: readonly Row<S>[], drawn: readonly Row<S>[]): readonly Row<S>[] {
  let at = 0;
  while (at < rows.length && at < drawn.length && isSame(rows[at] as object, drawn[at] as object)) {
    at++;
  }

  // A chart takes new rows at its end only: one that is now known to lie before the last one drawn needs all of them drawn.
  const last = drawn.at(-1);
  const changed = rows[at];
  if (!last || rows.length < drawn.length || at < drawn.length - 1 || (changed && changed.time < last.time)) {
    if (rows.length > 0 || drawn.length > 0) {
      series.setData([...rows] as Parameters<ISeriesApi<S>['setData']>[0]);
    }
  } else {
    rows.slice(at).forEach((row) => series.update(row));
  }

  return rows;
}
