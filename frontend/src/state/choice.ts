import { type Interval, Intervals } from './candles';

/** How the reader wants prices drawn; this browser remembers it. */
export interface ChartChoice {
  /** Every tick as a line, or candles of so many seconds. */
  view: 'line' | Interval;
  signals: boolean;
  fills: boolean;
  overlays: { ema: boolean; vwap: boolean; bands: boolean };
}

const Key = 'aitrader.chart';
const First: ChartChoice = { view: 'line', signals: true, fills: true, overlays: { ema: false, vwap: false, bands: false } };

export function loadChoice(): ChartChoice {
  try {
    const { view, signals, fills, overlays } = JSON.parse(localStorage.getItem(Key) ?? '{}') as Partial<ChartChoice>;
    const isKnown = view === 'line' || Intervals.some((interval) => interval === view);
    return {
      view: isKnown ? (view as ChartChoice['view']) : First.view,
      signals: signals !== false,
      fills: fills !== false,
      overlays: { ema: overlays?.ema === true, vwap: overlays?.vwap === true, bands: overlays?.bands === true },
    };
  } catch {
    return First;
  }
}

export function saveChoice(choice: ChartChoice): ChartChoice {
  localStorage.setItem(Key, JSON.stringify(choice));
  return choice;
}
