import { Fragment, memo, useCallback, useId, useState } from 'react';
import { price, time, words } from '../format';
import type { SignalRow } from '../state/dashboard';
import { groupsOf, matches, type SignalFilter } from '../state/patterns';
import { TableCard } from './Card';
import { DirectionIcon } from './DirectionIcon';
import { SideTag } from './SideTag';
import { SignalEvidence } from './SignalEvidence';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Time', 'Symbol', 'Pattern', 'Points', num('Score'), num('Price'), 'Decision'];

interface Props {
  signals: readonly SignalRow[];
  total: number | undefined;
  decimals: (symbol: string) => number;
  onExplain: (decisionId: string) => void;
}

export function SignalsTable({ signals, total, decimals, onExplain }: Props) {
  const [filter, setFilter] = useState<SignalFilter>('all');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => setOpen((before) => {
    const after = new Set(before);
    return after.delete(id) ? after : after.add(id);
  }), []);

  const shown = signals.filter((signal) => matches(signal, filter));
  const empty = signals.length === 0 ? 'No signals yet.' : shown.length === 0 ? `None of the last ${signals.length} signals is of this kind.` : null;
  return (
    <TableCard title="Signals" className="area-signals" count={total} head={head} empty={empty}
      actions={<Filter signals={signals} filter={filter} onFilter={setFilter} />}>
      {shown.map((signal) => (
        <Row key={signal.id} signal={signal} decimals={decimals(signal.symbol)} isOpen={open.has(signal.id)} onToggle={toggle} onExplain={onExplain} />
      ))}
    </TableCard>
  );
}

function Filter({ signals, filter, onFilter }: { signals: readonly SignalRow[]; filter: SignalFilter; onFilter: (filter: SignalFilter) => void }) {
  const id = useId();
  const groups = groupsOf(signals);
  const isListed = filter === 'all' || groups.some(({ family, patterns }) => filter === `family:${family}` || patterns.some((name) => filter === `pattern:${name}`));
  return (
    <div>
      <label className="visually-hidden" htmlFor={id}>Show signals of</label>
      <select id={id} value={filter} onChange={(event) => onFilter(event.target.value as SignalFilter)} data-testid="signal-filter">
        <option value="all">All patterns</option>
        {!isListed && <option value={filter}>{words(filter.slice(filter.indexOf(':') + 1))}</option>}
        {groups.map(({ family, patterns }) => (
          <optgroup key={family} label={words(family)}>
            <option value={`family:${family}`}>All of {words(family).toLowerCase()}</option>
            {patterns.map((name) => <option key={name} value={`pattern:${name}`}>{words(name)}</option>)}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

interface RowProps {
  signal: SignalRow;
  decimals: number;
  isOpen: boolean;
  onToggle: (id: string) => void;
  onExplain: (decisionId: string) => void;
}

const Row = memo(function Row({ signal, decimals, isOpen, onToggle, onExplain }: RowProps) {
  const detail = useId();
  const decision = signal.decision_id;
  const bullish = signal.direction === 'BULLISH';
  const named = `${words(signal.pattern)} of ${signal.symbol} at ${time(signal.timestamp)}`;
  return (
    <Fragment>
      <tr data-testid="signal-row" data-id={signal.id} className={decision ? 'opens' : ''}
        onClick={decision ? () => onExplain(decision) : undefined}>
        <td data-label="Time" className="mono muted">{time(signal.timestamp)}</td>
        <th scope="row">{signal.symbol}</th>
        <td data-label="Pattern">
          <button type="button" className="link expand" aria-expanded={isOpen} aria-controls={isOpen ? detail : undefined}
            aria-label={`Evidence of ${named}`} data-testid="signal-expand"
            onClick={(event) => { event.stopPropagation(); onToggle(signal.id); }}>
            <span className="chevron" aria-hidden="true" />{words(signal.pattern)}
          </button>
        </td>
        <td data-label="Points" className={bullish ? 'up' : 'down'}><DirectionIcon up={bullish} /> {bullish ? 'Up' : 'Down'}</td>
        <td data-label="Score" className="num">{signal.score.toFixed(2)}</td>
        <td data-label="Price" className="num">{price(signal.price, decimals)}</td>
        <td data-label="Decision">
          {decision ? (
            <button type="button" className="link" data-testid="explain-signal"
              onClick={(event) => { event.stopPropagation(); onExplain(decision); }}
              aria-label={`Explain the decision on ${named}`}>
              {signal.action ? <SideTag side={signal.action} /> : 'Why?'}
            </button>
          ) : (
            <span className="muted">pending</span>
          )}
        </td>
      </tr>
      {isOpen && <tr className="detail"><td colSpan={head.length} id={detail}><SignalEvidence signal={signal} /></td></tr>}
    </Fragment>
  );
});
