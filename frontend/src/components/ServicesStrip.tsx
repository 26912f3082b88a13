import type { Status } from '../api/types';
import { count } from '../format';
import { backlog } from '../state/health';

const healthWords = { healthy: 'healthy', unhealthy: 'unhealthy', unknown: 'unknown' } as const;

/** Who is up, and whether work piles up anywhere. */
export function ServicesStrip({ status }: { status: Status | null }) {
  if (!status) {
    return null;
  }

  return (
    <footer className="services card" aria-label="Services">
      <ul aria-label="Health of the services">
        {status.services.map((service) => (
          <li key={service.name} className={`health ${service.status}`} title={service.detail ?? undefined}
            data-testid="service" data-service={service.name} data-status={service.status}>
            <span className="dot" aria-hidden="true" /> {service.name}
            {service.status !== 'healthy' && (
              <span className="health-word">
                {healthWords[service.status] ?? service.status}
                {service.detail && <span className="muted">: {service.detail}</span>}
              </span>
            )}
            {(service.restarts ?? 0) > 0 && <span className="muted"> started again {count(service.restarts as number)}×</span>}
            <span className="visually-hidden">{service.status === 'healthy' ? ' healthy' : ''}</span>
          </li>
        ))}
      </ul>
      {status.streams.length > 0 && (
        <details>
          <summary>Streams: {count(backlog(status))} entries waiting</summary>
          <table>
            <thead>
              <tr><th scope="col">Stream</th><th scope="col" className="num">Length</th><th scope="col">Group</th>
                <th scope="col" className="num">Pending</th><th scope="col" className="num">Lag</th></tr>
            </thead>
            <tbody>
              {status.streams.flatMap((stream) =>
                (stream.groups.length > 0 ? stream.groups : [{ name: '–', pending: 0, lag: 0 }]).map((group, index) => (
                  <tr key={`${stream.name}/${group.name}`}>
                    <td className="mono">{index === 0 ? stream.name : ''}</td>
                    <td className="num">{index === 0 ? count(stream.length) : ''}</td>
                    <td className="mono">{group.name}</td>
                    <td className="num">{count(group.pending)}</td>
                    <td className="num">{group.lag === null ? '–' : count(group.lag)}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </details>
      )}
      <span className="muted version">Version {status.version}</span>
    </footer>
  );
}
