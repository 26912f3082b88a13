import { useCallback } from 'react';
import type { ApiClient } from '../api/client';
import type { Model } from '../api/models';
import type { User } from '../api/types';
import { addressOf } from '../state/pages';
import { dateTime } from '../format';
import { TableCard } from './Card';
import { LoadNotice } from './LoadNotice';
import { ModelPanel } from './ModelPanel';
import { useLoad } from './useLoad';

interface Props {
  client: ApiClient;
  role: User['role'];
  /** The model that is looked at; the first one where none is named. */
  model: string | undefined;
  version: number | undefined;
}

/** The models of the repository, and one of them in full. */
export function ModelsPage({ client, role, model, version }: Props) {
  const loading = useLoad(useCallback((signal: AbortSignal) => client.models(signal), [client]));
  const models = loading.value?.items ?? [];
  const chosen = models.find((one) => one.name === model) ?? (model === undefined ? models[0] : undefined);
  return (
    <main id="main" className="pane" data-testid="models-page">
      <LoadNotice what="Models" loading={loading} />
      {loading.value && (
        <TableCard
          title="Models" count={models.length} head={['Model', 'Task', 'Answers', 'Versions', 'Newest']}
          empty={models.length === 0 ? 'No model is on record yet: ./aitrader train forecast trains one.' : null}
        >
          {models.map((one) => <ModelRow key={one.name} model={one} isChosen={one === chosen} />)}
        </TableCard>
      )}
      {loading.value && model !== undefined && !chosen && (
        <p className="notice" role="alert">There is no model <code>{model}</code> on record.</p>
      )}
      {chosen && (
        <ModelPanel
          key={chosen.name} client={client} role={role} model={chosen} version={version ?? chosen.answering ?? newestOf(chosen)}
          onPromoted={loading.reload}
        />
      )}
    </main>
  );
}

const newestOf = (model: Model): number | undefined => model.versions.at(-1)?.version;

function ModelRow({ model, isChosen }: { model: Model; isChosen: boolean }) {
  return (
    <tr data-testid="model-row" className={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        <a href={addressOf({ page: 'models', model: model.name })} aria-current={isChosen ? 'true' : undefined}>{model.name}</a>
      </th>
      <td data-label="Task">{model.task}</td>
      <td data-label="Answers">{model.answering ?? '–'}</td>
      <td data-label="Versions">{model.versions.length}</td>
      <td data-label="Newest">{dateTime(model.versions.at(-1)?.created_at)}</td>
    </tr>
  );
}
