import { useCallback, useState } from 'react';
import type { ApiClient } from '../api/client';
import { hasEnded, type Job, type JobStatus } from '../api/models';
import type { Page, User } from '../api/types';
import { dateTime, words } from '../format';
import { TableCard } from './Card';
import { LoadNotice } from './LoadNotice';
import { useLoad } from './useLoad';

const EveryMs = 2_000;
const statuses: readonly JobStatus[] = ['queued', 'running', 'completed', 'failed', 'cancelled'];
const head = ['Job', 'Status', 'Asked for', 'Ended', 'What came of it', ''];

/** The worker's jobs, newest first, followed while the page is open. */
export function JobsPage({ client, role }: { client: ApiClient; role: User['role'] }) {
  const [status, setStatus] = useState<JobStatus | null>(null);
  // The cursors of the pages that were turned over, so that there is a way back.
  const [before, setBefore] = useState<readonly string[]>([]);
  const cursor = before.at(-1) ?? null;
  const load = useCallback((signal: AbortSignal): Promise<Page<Job>> => client.jobs(status, cursor, signal), [client, status, cursor]);
  const loading = useLoad(load, EveryMs);
  const jobs = loading.value?.items ?? [];
  const next = loading.value?.next ?? null;
  const pick = (text: string) => {
    setBefore([]);
    setStatus(text === '' ? null : (text as JobStatus));
  };

  return (
    <main id="main" className="pane" data-testid="jobs-page">
      <LoadNotice what="Jobs" loading={loading} />
      <TableCard
        title="Jobs" head={head} empty={loading.value && jobs.length === 0 ? 'No job.' : null}
        actions={
          <label>
            Status{' '}
            <select value={status ?? ''} onChange={(event) => pick(event.target.value)} data-testid="job-status">
              <option value="">all</option>
              {statuses.map((one) => <option key={one} value={one}>{one}</option>)}
            </select>
          </label>
        }
      >
        {jobs.map((job) => <JobRow key={job.id} job={job} client={client} mayCancel={role !== 'viewer'} onChange={loading.reload} />)}
      </TableCard>
      <div className="buttons">
        {before.length > 0 && <button type="button" onClick={() => setBefore(before.slice(0, -1))}>Newer</button>}
        {next && <button type="button" onClick={() => setBefore([...before, next])}>Older</button>}
      </div>
    </main>
  );
}

function JobRow({ job, client, mayCancel, onChange }: { job: Job; client: ApiClient; mayCancel: boolean; onChange: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = () => {
    client.cancelJob(job.id).then(onChange, (failure: unknown) => setProblem(failure instanceof Error ? failure.message : 'That did not work.'));
  };
  const asked = job.cancel_asked_at !== null && !hasEnded(job);
  return (
    <tr data-testid="job-row" data-status={job.status}>
      <th scope="row" title={job.id}>{words(job.type)}</th>
      <td data-label="Status" className={job.status === 'failed' ? 'down' : undefined}>{asked ? 'ending' : job.status}{job.attempts > 1 && `, attempt ${job.attempts}`}</td>
      <td data-label="Asked for">{dateTime(job.created_at)}</td>
      <td data-label="Ended">{dateTime(job.finished_at)}</td>
      <td data-label="What came of it" className="wrap">
        {job.error ?? resultWords(job)}
        {problem && <span role="alert" className="error"> {problem}</span>}
      </td>
      <td>{mayCancel && !hasEnded(job) && !asked && <button type="button" onClick={cancel} data-testid="cancel-job">Cancel</button>}</td>
    </tr>
  );
}

/** How far it is, or what came of it, as far as a line has room: of parts within parts, none. */
export function resultWords(job: Job): string {
  const result = job.result ?? {};
  if (typeof result['step'] === 'number' && typeof result['steps'] === 'number') {
    return `${Math.floor((100 * result['step']) / result['steps'])} % of ${result['steps']} steps`;
  }

  return Object.entries(result)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${words(name).toLowerCase()} ${String(value)}`)
    .join(', ');
}
