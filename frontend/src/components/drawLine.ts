import type { ISeriesApi, LineData, SeriesType, UTCTimestamp, WhitespaceData } from 'lightweight-charts';

/** How much of a line a chart has drawn already. */
export interface Drawn {
  epoch: number;
  count: number;
}

/** Draws what is new at the end of a series; all of it where the series started over. */
export function drawNew<S extends SeriesType, T>(
  series: ISeriesApi<S>, points: readonly T[], epoch: number, drawn: Drawn, row: (point: T) => Parameters<ISeriesApi<S>['update']>[0],
): void {
  if (drawn.epoch !== epoch) {
    series.setData(points.map(row));
  } else {
    // The last point drawn may have changed since: it is drawn again.
    for (let at = Math.max(0, drawn.count - 1); at < points.length; at++) {
      series.update(row(points[at] as T));
    }
  }

  drawn.epoch = epoch;
  drawn.count = points.length;
}

/** {@link drawNew} for a line of numbers, with gaps where there is none. */
export function drawLine<S extends 'Line' | 'Baseline', T extends { time: number }>(
  series: ISeriesApi<S>, points: readonly T[], epoch: number, drawn: Drawn, value: (point: T) => number | null,
): void {
  drawNew(series as ISeriesApi<'Line'>, points, epoch, drawn, (point): LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp> => {
    const time = point.time as UTCTimestamp;
    const number = value(point);
    return number === null ? { time } : { time, value: number };
  });
}
