import type { ISeriesApi, LineData, SeriesType, UTCTimestamp, WhitespaceData } from 'lightweight-charts';

/** How much of a line a chart has drawn already. */
export interface Drawn {
  epoch: number;
  count: number;
}

type Row = LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;

/** Draws what is new at the end of a line; all of it where the line started over. */
export function drawLine<T extends { time: number }>(
  series: ISeriesApi<SeriesType>, points: readonly T[], epoch: number, drawn: Drawn, value: (point: T) => number | null,
): void {
  const row = (point: T): Row => {
    const time = point.time as UTCTimestamp;
    const number = value(point);
    return number === null ? { time } : { time, value: number };
  };

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
