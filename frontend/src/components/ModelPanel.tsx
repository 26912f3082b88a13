import { useCallback, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Model, ModelVersion } from '../api/models';
import type { User } from '../api/types';
import { addressOf } from '../state/pages';
import { dateTime } from '../format';
import { TableCard } from './Card';
import { LoadNotice } from './LoadNotice';
import { ModelCardView } from './ModelCardView';
import { PromoteDialog } from './PromoteDialog';
import { ServingTable } from './ServingTable';
import { useLoad } from './useLoad';

interface Props {
  client: ApiClient;
  role: User['role'];
  model: Model;
  version: number | undefined;
  onPromoted: () => void;
}

/** A model: how it is served, its versions, and the card of one of them. */
export function ModelPanel({ client, role, model, version, onPromoted }: Props) {
  const [promoted, setPromoted] = useState<number | null>(null);
  const close = useCallback(() => setPromoted(null), []);
  return (
    <>
      <p className="muted">{model.summary}</p>
      <ServingTable client={client} model={model.name} />
      <TableCard title={`Versions of ${model.name}`} head={['Version', 'State', 'Trained', 'Data', 'Code', '']} empty={null}>
        {model.versions.map((one) => (
          <VersionRow
            key={one.version} model={model.name} version={one} isChosen={one.version === version}
            onPromote={role !== 'viewer' && one.state === 'candidate' ? () => setPromoted(one.version) : null}
          />
        ))}
      </TableCard>
      {version !== undefined && <VersionCard key={version} client={client} model={model.name} version={version} />}
      {promoted !== null && (
        <PromoteDialog client={client} role={role} model={model.name} version={promoted} onClose={close} onPromoted={onPromoted} />
      )}
    </>
  );
}

function VersionRow({ model, version, isChosen, onPromote }: {
  model: string; version: ModelVersion; isChosen: boolean; onPromote: (() => void) | null;
}) {
  return (
    <tr data-testid="version-row" data-state={version.state} className={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        <a href={addressOf({ page: 'models', model, version: version.version })} aria-current={isChosen ? 'true' : undefined}>
          {version.version}
        </a>
      </th>
      <td data-label="State">{version.state === 'active' ? 'answers' : version.state}</td>
      <td data-label="Trained">{dateTime(version.created_at)}</td>
      <td data-label="Data" className="mono">{version.data_version.slice(0, 12) || '–'}</td>
      <td data-label="Code" className="mono">{version.code || '–'}</td>
      <td>{onPromote && <button type="button" onClick={onPromote} data-testid="promote">Promote</button>}</td>
    </tr>
  );
}

function VersionCard({ client, model, version }: { client: ApiClient; model: string; version: number }) {
  const loading = useLoad(useCallback((signal: AbortSignal) => client.modelCard(model, version, signal), [client, model, version]));
  return (
    <>
      <LoadNotice what="The card" loading={loading} />
      {loading.value && <ModelCardView title={`${model} ${version}`} card={loading.value} />}
    </>
  );
}
