import { price, time, words } from '../format';
import { type Bar, type Interval, startOf } from '../state/bars';
import type { SignalRow } from '../state/dashboard';
import { seconds } from '../state/history';
import { DirectionIcon } from './DirectionIcon';

/** Newest bars shown as rows. */
const Rows = 120;

interface Props {
  bars: readonly Bar[];
  interval: Interval;
  symbol: string | null;
  decimals: number;
  signals: readonly SignalRow[];
}

/** The candles' numbers and the signals in each, newest first: what the chart shows to those who cannot see it. */
export function BarTable({ bars, interval, symbol, decimals, signals }: Props) {
  const shown = bars.slice(-Rows).reverse();
  return (
    <div className="scroll" role="region" aria-label={`Bars of ${symbol ?? 'no symbol'}`} tabIndex={0} data-testid="bar-table">
      <table>
        <caption className="visually-hidden">Bars of {interval} seconds, newest first, made of the ticks that reached this page.</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {['Open', 'High', 'Low', 'Close', 'Ticks'].map((name) => <th key={name} scope="col" className="num">{name}</th>)}
            <th scope="col">Signals</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((bar) => (
            <tr key={bar.time} data-testid="bar-row" data-time={bar.time}>
              <th scope="row" className="mono">{time(new Date(bar.time * 1000).toISOString(), false)}</th>
              {[bar.open, bar.high, bar.low, bar.close].map((value, at) => <td key={at} className="num">{price(value, decimals)}</td>)}
              <td className="num">{bar.ticks}</td>
              <td>{signals.filter((signal) => signal.symbol === symbol && startOf(seconds(signal.timestamp), interval) === bar.time).map((signal) => (
                <span key={signal.id} className={`bar-signal ${signal.direction === 'BULLISH' ? 'up' : 'down'}`}>
                  <DirectionIcon up={signal.direction === 'BULLISH'} /> {words(signal.pattern)} at {price(signal.price, decimals)}
                </span>
              ))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="empty">Bars begin with the first tick that reaches this page.</p>}
    </div>
  );
}
