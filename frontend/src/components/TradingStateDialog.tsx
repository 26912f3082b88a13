import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ApiClient } from '../api/client';

interface Props {
  halted: boolean;
  client: ApiClient;
  onClose: () => void;
}

/** Nobody halts or resumes by a slip of the finger: asks, wants a reason, and says so when it was refused. */
export function TradingStateDialog({ halted, client, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => dialog.current?.showModal(), []);

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await client.setTradingState(halted ? 'ACTIVE' : 'HALTED', reason.trim());
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'That did not work.');
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} className="card" aria-labelledby="trading-state-title" onClose={onClose} data-testid="halt-dialog">
      <form onSubmit={(event) => void confirm(event)}>
        <h2 id="trading-state-title">{halted ? 'Resume trading?' : 'Halt trading?'}</h2>
        <p className="muted">
          {halted
            ? 'The strategy may send orders again at once.'
            : 'New orders are denied until someone resumes. Open positions stay as they are.'}
        </p>
        <label htmlFor="trading-state-reason">Reason, for the audit trail</label>
        <input
          id="trading-state-reason" required maxLength={200} autoFocus autoComplete="off"
          value={reason} onChange={(event) => setReason(event.target.value)}
        />
        {error && <p role="alert" className="error">{error}</p>}
        <div className="buttons">
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className={halted ? 'primary' : 'danger'} disabled={busy} data-testid="halt-confirm">
            {halted ? 'Resume trading' : 'Halt trading'}
          </button>
        </div>
      </form>
    </dialog>
  );
}
