import { useCallback } from 'react';
import type { ApiClient } from '../api/client';
import type { ServedVersion, ServingRunner } from '../api/models';
import { count } from '../format';
import { TableCard } from './Card';
import { LoadNotice } from './LoadNotice';
import { useLoad } from './useLoad';

const EveryMs = 5_000;
const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Runner', 'Version', 'Labels', num('Answered'), num('Failed'), num('Mean ms'), num('Followed'), num('Off by %'), num('Direction right')];

/** How the runners serve a model, since each began, and what came of its forecasts. */
export function ServingTable({ client, model }: { client: ApiClient; model: string }) {
  const loading = useLoad(useCallback((signal: AbortSignal) => client.modelServing(model, signal), [client, model]), EveryMs);
  const runners = loading.value?.runners ?? [];
  return (
    <>
      <LoadNotice what="How it is served" loading={loading} />
      {loading.value && (
        <TableCard title="Served by" head={head} empty={runners.length === 0 ? 'This system has no inference runner.' : null}>
          {runners.map((runner) =>
            runner.versions.length === 0 ? (
              <tr key={runner.runner} data-testid="serving-row">
                <th scope="row">{runner.runner}</th>
                <td colSpan={head.length - 1} className="muted">{runner.is_reachable ? 'has not loaded it' : 'does not answer'}</td>
              </tr>
            ) : (
              runner.versions.map((version) => <ServedRow key={`${runner.runner} ${version.version}`} runner={runner} version={version} />)
            ))}
        </TableCard>
      )}
    </>
  );
}

function ServedRow({ runner, version }: { runner: ServingRunner; version: ServedVersion }) {
  const { outcomes } = version;
  return (
    <tr data-testid="serving-row">
      <th scope="row">{runner.runner}</th>
      <td data-label="Version">{version.version}</td>
      <td data-label="Labels">{labelsOf(runner, version.version)}</td>
      <td data-label="Answered" className="num">{count(version.inferences)}</td>
      <td data-label="Failed" className={`num ${version.failures > 0 ? 'down' : ''}`}>{count(version.failures)}</td>
      <td data-label="Mean ms" className="num">{version.mean_milliseconds?.toFixed(2) ?? '–'}</td>
      <td data-label="Followed" className="num">{count(outcomes.count)}</td>
      <td data-label="Off by %" className="num">{outcomes.mean_absolute_percentage_error?.toFixed(4) ?? '–'}</td>
      <td data-label="Direction right" className="num">{outcomes.direction_hits === null ? '–' : `${(outcomes.direction_hits * 100).toFixed(1)} %`}</td>
    </tr>
  );
}

/** The labels of a version, each with its share of the instruments where traffic is split. */
export function labelsOf(runner: ServingRunner, version: number): string {
  return Object.entries(runner.labels)
    .filter(([, labelled]) => labelled === version)
    .map(([label]) => (runner.traffic[label] === undefined ? label : `${label} ${runner.traffic[label]} %`))
    .join(', ');
}
