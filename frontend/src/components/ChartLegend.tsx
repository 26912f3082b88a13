import type { Trade } from '../api/types';
import { dateTime, price, quantity, words } from '../format';
import { type Bar, type Interval, intervalWords } from '../state/candles';
import type { SignalRow } from '../state/dashboard';
import { evidenceValue } from './SignalEvidence';
import { DirectionIcon } from './DirectionIcon';
import { SideTag } from './SideTag';

export interface LegendLine {
  name: string;
  /** Name of its colour. */
  key: string;
}

/** Signals and fills that are told one by one. */
const Told = 3;

interface Props {
  bar: Bar;
  interval: Interval;
  decimals: number;
  lines: readonly (LegendLine & { value: number | null })[];
  signals: readonly SignalRow[];
  fills: readonly Trade[];
}

/** The numbers of the bar that is pointed at, else of the last one; lies on the chart and takes no clicks. */
export function ChartLegend({ bar, interval, decimals, lines, signals, fills }: Props) {
  const numbers = [['Open', bar.open], ['High', bar.high], ['Low', bar.low], ['Close', bar.close]] as const;
  return (
    <div className="chart-legend" data-testid="chart-legend">
      <p>
        <span className="mono">{dateTime(new Date(bar.time * 1000).toISOString())}</span> · {intervalWords(interval)}
        {numbers.map(([name, value]) => <span key={name} className="pair"><span className="muted">{name}</span> {price(value, decimals)}</span>)}
        <span className="pair"><span className="muted">Volume</span> {quantity(bar.volume)}</span>
        <span className="pair"><span className="muted">Ticks</span> {bar.ticks}</span>
      </p>
      {lines.length > 0 && (
        <p>
          {lines.map(({ name, key, value }) => (
            <span key={name} className="pair"><span className="key" style={{ background: `var(--${key})` }} aria-hidden="true" /> <span className="muted">{name}</span> <span className="value">{price(value, decimals)}</span></span>
          ))}
        </p>
      )}
      {(signals.length > 0 || fills.length > 0) && <Events signals={signals} fills={fills} decimals={decimals} />}
    </div>
  );
}

function Events({ signals, fills, decimals }: Pick<Props, 'signals' | 'fills' | 'decimals'>) {
  const more = Math.max(0, signals.length - Told) + Math.max(0, fills.length - Told);
  return (
    <ul className="chart-events" data-testid="chart-events" aria-live="polite">
      {signals.slice(0, Told).map((signal) => (
        <li key={signal.id}>
          <span className={signal.direction === 'BULLISH' ? 'signal-up' : 'signal-down'}><DirectionIcon up={signal.direction === 'BULLISH'} /></span>{' '}
          <strong>{words(signal.pattern)}</strong> {signal.direction === 'BULLISH' ? 'up' : 'down'}, score {signal.score.toFixed(2)}
          {Object.entries(signal.evidence ?? {}).map(([name, value]) => <span key={name} className="pair"><span className="muted">{words(name)}</span> {evidenceValue(value)}</span>)}
        </li>
      ))}
      {fills.slice(0, Told).map((fill) => (
        <li key={fill.trade_id}><SideTag side={fill.side} /> {quantity(fill.qty)} at {price(fill.price, decimals)}</li>
      ))}
      {more > 0 && <li className="muted">and {more} more in this bar</li>}
    </ul>
  );
}
