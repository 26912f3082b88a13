import type { Connection } from '../api/monitor';

/** Says in words why nothing moves; silent while all is well. */
export function ConnectionNotice({ connection, ready }: { connection: Connection; ready: boolean }) {
  if (connection.state === 'waiting') {
    const seconds = Math.max(1, Math.round(connection.retryInMs / 1000));
    return (
      <p className="notice" role="alert" data-testid="connection-notice">
        <strong>No live data:</strong> {connection.why} What you see is the last known state. Trying again in {seconds} s.
      </p>
    );
  }

  return ready ? null : <p className="notice calm" role="status">Waiting for the first snapshot…</p>;
}
