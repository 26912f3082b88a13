import { dateTime, price, quantity, words } from '../format';
import type { Trade } from '../api/types';
import { type Interval, intervalWords, startOf } from '../state/candles';
import type { SignalRow } from '../state/dashboard';
import { seconds } from '../state/history';
import { Note } from './CandleChart';
import { DirectionIcon } from './DirectionIcon';
import { SideTag } from './SideTag';
import type { CandleView } from './useCandles';

/** Newest bars shown as rows. */
const Rows = 120;

interface Props {
  view: CandleView;
  interval: Interval;
  symbol: string | null;
  decimals: number;
  signals: readonly SignalRow[];
  fills: readonly Trade[];
}

/** The candles' numbers and the signals in each, newest first: what the chart shows to those who cannot see it. */
export function BarTable({ view, interval, symbol, decimals, signals, fills }: Props) {
  const shown = view.bars.slice(-Rows).reverse();
  const isIn = (row: { symbol: string; timestamp: string }, start: number): boolean => row.symbol === symbol && startOf(seconds(row.timestamp), interval) === start;
  return (
    <div className="scroll" role="region" aria-label={`Bars of ${symbol ?? 'no symbol'}`} tabIndex={0} data-testid="bar-table">
      <table>
        <caption className="visually-hidden">Bars of {intervalWords(interval)}, newest first; times are UTC.</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {['Open', 'High', 'Low', 'Close', 'Volume', 'Ticks'].map((name) => <th key={name} scope="col" className="num">{name}</th>)}
            <th scope="col">Signals and fills</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((bar) => (
            <tr key={bar.time} data-testid="bar-row" data-time={bar.time}>
              <th scope="row" className="mono">{dateTime(new Date(bar.time * 1000).toISOString())}</th>
              {[bar.open, bar.high, bar.low, bar.close].map((value, at) => <td key={at} className="num" data-value={value}>{price(value, decimals)}</td>)}
              <td className="num" data-value={bar.volume}>{quantity(bar.volume)}</td>
              <td className="num" data-value={bar.ticks}>{bar.ticks}</td>
              <td>{signals.filter((signal) => isIn(signal, bar.time)).map((signal) => (
                <span key={signal.id} className={`bar-signal ${signal.direction === 'BULLISH' ? 'up' : 'down'}`}>
                  <DirectionIcon up={signal.direction === 'BULLISH'} /> {words(signal.pattern)} at {price(signal.price, decimals)}
                </span>
              ))}
              {fills.filter((fill) => isIn(fill, bar.time)).map((fill) => (
                <span key={fill.trade_id} className="bar-signal"><SideTag side={fill.side} /> {quantity(fill.qty)} at {price(fill.price, decimals)}</span>
              ))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Note view={view} />
    </div>
  );
}
