import type { Connection } from '../api/monitor';
import type { Replay } from '../api/types';

/** Says in words why nothing moves; silent while all is well. */
export function ConnectionNotice({ connection, ready, replay }: { connection: Connection; ready: boolean; replay: Replay | null }) {
  if (connection.state === 'waiting') {
    const seconds = Math.max(1, Math.round(connection.retryInMs / 1000));
    return (
      <p className="notice" role="alert" data-testid="connection-notice">
        <strong>No live data:</strong> {connection.why} What you see is the last known state. Trying again in {seconds} s.
      </p>
    );
  }

  if (replay?.state === 'failed') {
    return (
      <p className="notice" role="alert" data-testid="replay-failed">
        <strong>The replay failed:</strong> {replay.error ?? 'no reason was recorded; see the log of market-data.'}
      </p>
    );
  }

  return ready ? null : <p className="notice calm" role="status">Waiting for the first snapshot…</p>;
}
