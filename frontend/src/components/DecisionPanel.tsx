import { useEffect, useRef, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Decision, Factor } from '../api/types';
import { dateTime, price, signed, words } from '../format';
import { FactorBars } from './FactorBars';
import { Provenance } from './Provenance';
import { SideTag } from './SideTag';

interface Props {
  id: string;
  client: ApiClient;
  onClose: () => void;
}

/** Why a signal became an order, or did not. */
export function DecisionPanel({ id, client, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => dialog.current?.showModal(), []);

  useEffect(() => {
    const abort = new AbortController();
    client.decision(id, abort.signal).then(setDecision, (failure: unknown) => {
      if (!abort.signal.aborted) {
        setError(failure instanceof Error ? failure.message : 'The decision could not be loaded.');
      }
    });
    return () => abort.abort();
  }, [id, client]);

  return (
    <dialog ref={dialog} className="drawer" aria-labelledby="decision-title" onClose={onClose} data-testid="decision-panel"
      onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="drawer-body">
        <header className="card-head">
          <h2 id="decision-title">Decision</h2>
          <button type="button" onClick={onClose} autoFocus>Close</button>
        </header>
        {error && <p role="alert" className="error">{error}</p>}
        {!error && !decision && <p className="muted" role="status">Loading the decision…</p>}
        {decision && <Explanation decision={decision} />}
      </div>
    </dialog>
  );
}

function Explanation({ decision }: { decision: Decision }) {
  const { signal } = decision;
  return (
    <>
      <p className="verdict">
        <SideTag side={decision.action} />
        <strong>{decision.signal.symbol}</strong>
        <span className="muted">score {decision.score.toFixed(4)}</span>
      </p>
      <p>{decision.reason}</p>
      <p className="muted">
        {words(signal.pattern)} pointed {signal.direction === 'BULLISH' ? 'up' : 'down'} with a score of {signal.score.toFixed(3)} at{' '}
        {price(signal.price)}, {dateTime(signal.timestamp)} UTC.
      </p>
      <h3>What made the score</h3>
      <FactorBars factors={decision.factors} score={decision.score} />
      <h3>What would have changed it</h3>
      {decision.flip.length === 0 ? (
        <p className="muted">No single factor could have.</p>
      ) : (
        <ul className="flips" data-testid="flips">
          {decision.flip.map((flip) => (
            <li key={flip.factor}>
              {flipWords(flip, decision.factors)}
            </li>
          ))}
        </ul>
      )}
      <h3>Where it came from</h3>
      <Provenance provenance={decision.provenance} />
      {decision.order_id && <p className="muted">Order <code>{decision.order_id}</code></p>}
    </>
  );
}

function flipWords(flip: Decision['flip'][number], factors: readonly Factor[]): string {
  if (flip.value_needed === null) {
    return `${words(flip.factor)} alone could not have.`;
  }

  const was = factors.find((factor) => factor.name === flip.factor)?.value;
  const instead = was === undefined ? '' : ` instead of ${signed(was, 4)}`;
  const then = flip.action ? ` would have meant ${words(flip.action.toLowerCase())}` : '';
  return `${words(flip.factor)} at ${signed(flip.value_needed, 4)}${instead}${then}.`;
}
