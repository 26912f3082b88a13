import { useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Account, Counts, User } from '../api/types';
import { count, percent, price, signed } from '../format';
import { TradingStateDialog } from './TradingStateDialog';

interface Props {
  account: Account | null;
  counts: Counts | null;
  client: ApiClient;
  role: User['role'];
}

const tone = (value: number): string => (value > 0 ? 'up' : value < 0 ? 'down' : '');

export function AccountBar({ account, counts, client, role }: Props) {
  if (!account) {
    return <section className="account card" aria-label="Account"><p className="empty">No account yet.</p></section>;
  }

  const total = account.equity - account.initial_cash;
  return (
    <section className="account card" aria-label="Account">
      <dl>
        <Figure name="Equity" value={price(account.equity)} unit={account.currency} testId="equity" strong />
        <Figure name="Profit and loss" value={signed(total)} className={tone(total)} testId="pnl" strong
          note={account.initial_cash > 0 ? percent(total / account.initial_cash, 3) : ''} />
        <Figure name="Cash" value={price(account.cash)} />
        <Figure name="Realised" value={signed(account.realised_pnl)} className={tone(account.realised_pnl)} />
        <Figure name="Unrealised" value={signed(account.unrealised_pnl)} className={tone(account.unrealised_pnl)} />
        <Figure name="Fees" value={price(account.fees)} />
        {counts && <Figure name="Ticks" value={count(counts.ticks)} testId="tick-count" />}
      </dl>
      <TradingState account={account} client={client} isAdmin={role === 'admin'} />
    </section>
  );
}

function Figure({ name, value, unit, note, className = '', testId, strong = false }: {
  name: string; value: string; unit?: string; note?: string; className?: string; testId?: string; strong?: boolean;
}) {
  return (
    <div className={`figure ${strong ? 'strong' : ''}`}>
      <dt>{name}</dt>
      <dd className={className} data-testid={testId}>
        {value}
        {unit && <span className="unit">{unit}</span>}
        {note && <span className="unit">{note}</span>}
      </dd>
    </div>
  );
}

const stateWords = { ACTIVE: 'Trading', REDUCING: 'Reducing only', HALTED: 'Halted' } as const;

function TradingState({ account, client, isAdmin }: { account: Account; client: ApiClient; isAdmin: boolean }) {
  const [asking, setAsking] = useState(false);
  const halted = account.trading_state === 'HALTED';
  return (
    <div className="trading-state">
      <span className={`pill state-${account.trading_state.toLowerCase()}`} data-testid="trading-state">
        <span className="dot" aria-hidden="true" /> {stateWords[account.trading_state] ?? account.trading_state}
      </span>
      {account.halt_reason && <span className="muted halt-reason">{account.halt_reason}</span>}
      {isAdmin && (
        <button type="button" className={halted ? 'primary' : 'danger'} onClick={() => setAsking(true)} data-testid="halt-button">
          {halted ? 'Resume trading' : 'Halt trading'}
        </button>
      )}
      {asking && <TradingStateDialog halted={halted} client={client} onClose={() => setAsking(false)} />}
    </div>
  );
}
