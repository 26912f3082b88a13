import type { Loading } from './useLoad';

/** Says that something is being loaded, or why it could not be, with a way to try again; nothing once it is there. */
export function LoadNotice({ what, loading }: { what: string; loading: Loading<unknown> }) {
  if (loading.error !== null) {
    return (
      <p className="notice" role="alert" data-testid="load-error">
        <strong>{what} cannot be shown:</strong> {loading.error}{' '}
        <button type="button" onClick={loading.reload}>Try again</button>
      </p>
    );
  }

  return loading.value === null ? <p className="notice calm" role="status">Loading {what.toLowerCase()}…</p> : null;
}
