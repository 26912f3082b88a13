import { memo } from 'react';
import { price, time, words } from '../format';
import type { SignalRow } from '../state/dashboard';
import { TableCard } from './Card';
import { SideTag } from './SideTag';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Time', 'Symbol', 'Pattern', 'Points', num('Score'), num('Price'), 'Decision'];

interface Props {
  signals: readonly SignalRow[];
  total: number | undefined;
  decimals: (symbol: string) => number;
  onExplain: (decisionId: string) => void;
}

export function SignalsTable({ signals, total, decimals, onExplain }: Props) {
  return (
    <TableCard title="Signals" className="area-signals" count={total} head={head} empty={signals.length === 0 ? 'No signals yet.' : null}>
      {signals.map((signal) => (
        <Row key={signal.id} signal={signal} decimals={decimals(signal.symbol)} onExplain={onExplain} />
      ))}
    </TableCard>
  );
}

const Row = memo(function Row({ signal, decimals, onExplain }: {
  signal: SignalRow; decimals: number; onExplain: (decisionId: string) => void;
}) {
  const decision = signal.decision_id;
  const bullish = signal.direction === 'BULLISH';
  return (
    <tr data-testid="signal-row" data-id={signal.id} className={decision ? 'opens' : ''}
      onClick={decision ? () => onExplain(decision) : undefined}>
      <td className="mono muted">{time(signal.timestamp)}</td>
      <th scope="row">{signal.symbol}</th>
      <td>{words(signal.pattern)}</td>
      <td className={bullish ? 'up' : 'down'}>{bullish ? '▲ Up' : '▼ Down'}</td>
      <td className="num">{signal.score.toFixed(2)}</td>
      <td className="num">{price(signal.price, decimals)}</td>
      <td>
        {decision ? (
          <button type="button" className="link" data-testid="explain-signal"
            onClick={(event) => { event.stopPropagation(); onExplain(decision); }}
            aria-label={`Explain the decision on ${words(signal.pattern)} of ${signal.symbol} at ${time(signal.timestamp)}`}>
            {signal.action ? <SideTag side={signal.action} /> : 'Why?'}
          </button>
        ) : (
          <span className="muted">pending</span>
        )}
      </td>
    </tr>
  );
});
