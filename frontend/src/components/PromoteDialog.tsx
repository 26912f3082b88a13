import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ApiClient, ApiError, newKey } from '../api/client';
import { hasEnded, type Job } from '../api/models';
import type { User } from '../api/types';

interface Props {
  client: ApiClient;
  role: User['role'];
  model: string;
  version: number;
  onClose: () => void;
  onPromoted: () => void;
  /** How often the job is looked at. */
  everyMs?: number;
}

/** Asks whether a version is to answer, follows the worker's job, and says what came of it. */
export function PromoteDialog({ client, role, model, version, onClose, onPromoted, everyMs = 500 }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // One key for as long as the dialog is open: a second try after a lost answer asks for the same thing.
  const [key] = useState(newKey);
  const [anyway, setAnyway] = useState(false);
  const [refused, setRefused] = useState(false);
  const [job, setJob] = useState<Job | null>(null);
  const [error, setError] = useState<string | null>(null);
  const busy = job !== null && !hasEnded(job);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (job === null || hasEnded(job)) {
      return undefined;
    }

    const abort = new AbortController();
    const timer = setTimeout(() => {
      client.job(job.id, abort.signal).then(setJob, (failure: unknown) => {
        if (!abort.signal.aborted) {
          setError(messageOf(failure));
          setJob({ ...job }); // looked at again: a gateway that is away comes back
        }
      });
    }, everyMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [client, job, everyMs]);
  useEffect(() => {
    if (job?.status === 'completed') {
      onPromoted();
    }
  }, [job?.status, onPromoted]);

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      setJob(await client.promote(model, version, anyway, key));
    } catch (failure) {
      setRefused(failure instanceof ApiError && failure.status === 409);
      setError(messageOf(failure));
    }
  };

  return (
    <dialog ref={dialog} className="card" aria-labelledby="promote-title" onClose={onClose} data-testid="promote-dialog">
      <form onSubmit={(event) => void confirm(event)}>
        <h2 id="promote-title">Let {model} {version} answer?</h2>
        <p className="muted">The runners take it up within seconds; every decision after that is made with it. The way back is to promote the version before.</p>
        {refused && role === 'admin' && (
          <label className="check">
            <input type="checkbox" checked={anyway} onChange={(event) => setAnyway(event.target.checked)} /> Promote it anyway
          </label>
        )}
        {job && <p role="status" data-testid="promote-job">{jobWords(job)}</p>}
        {error && <p role="alert" className="error">{error}</p>}
        <div className="buttons">
          <button type="button" onClick={onClose}>{job?.status === 'completed' ? 'Close' : 'Cancel'}</button>
          {job?.status !== 'completed' && (
            <button type="submit" className="primary" disabled={busy || job?.status === 'failed'} data-testid="promote-confirm">Promote</button>
          )}
        </div>
      </form>
    </dialog>
  );
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : 'That did not work.');

function jobWords(job: Job): string {
  switch (job.status) {
    case 'completed':
      return 'It answers now.';
    case 'failed':
      return `It was not promoted: ${job.error ?? 'no reason was recorded.'}`;
    case 'cancelled':
      return 'The promotion was cancelled.';
    default:
      return 'The worker is at it…';
  }
}
