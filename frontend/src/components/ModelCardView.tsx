import type { ModelCard } from '../api/models';
import { count, dateTime, words } from '../format';
import { confusionOf, plainMetrics } from '../state/confusion';
import { Card } from './Card';
import { ConfusionTable } from './ConfusionTable';

/** The card of a version: verdict first, then figures, data, how it was made and what it is not good for. */
export function ModelCardView({ title, card }: { title: string; card: ModelCard }) {
  const metrics = card.metrics ?? {};
  const confusion = confusionOf(metrics);
  return (
    <Card title={`Card of ${title}`} className="model-card">
      <div className="card-body" data-testid="model-card">
        {card.verdict ? (
          <p className={card.verdict.goes_live ? 'up' : 'down'} data-testid="verdict">
            <strong>{card.verdict.goes_live ? 'Goes live' : 'Does not go live'}:</strong> {card.verdict.reason}
          </p>
        ) : (
          <p className="muted">No training of this system made it, so that there is no card.</p>
        )}
        {card.summary && <p>{card.summary}</p>}
        <Figures metrics={metrics} />
        {confusion && <ConfusionTable confusion={confusion} />}
        <Walk card={card} />
        <Data card={card} />
        {(card.limits ?? []).length > 0 && (
          <>
            <h3>What it is not good for</h3>
            <ul className="plain">{card.limits?.map((limit) => <li key={limit}>{limit}</li>)}</ul>
          </>
        )}
        {card.command && (
          <>
            <h3>Train it again</h3>
            <code className="block">{card.command}</code>
          </>
        )}
      </div>
    </Card>
  );
}

function Figures({ metrics }: { metrics: Readonly<Record<string, number | null>> }) {
  const figures = plainMetrics(metrics);
  return figures.length === 0 ? null : (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{words(name)}</dt>
          <dd>{figure(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Four digits that count, and no exponent for what a person reads at a glance. */
function figure(value: number | null): string {
  return value === null ? '–' : Number.isInteger(value) ? count(value) : Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

function Walk({ card }: { card: ModelCard }) {
  return !card.walk ? null : (
    <>
      <h3>Trained again, forward in time</h3>
      <div className="scroll" role="region" aria-label="Trained again, forward in time" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Judged from</th><th scope="col">to</th><th scope="col" className="num">Error bps</th>
              <th scope="col" className="num">Last price bps</th><th scope="col" className="num">p</th>
            </tr>
          </thead>
          <tbody>
            {[...card.walk.folds, card.walk.overall].map((fold, i) => (
              <tr key={i}>
                <td>{dateTime(fold.from)}</td>
                <td>{dateTime(fold.to)}</td>
                <td className="num">{figure(fold.error_bps)}</td>
                <td className="num">{figure(fold.persistence_error_bps)}</td>
                <td className="num">{figure(fold.p_by_chance ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Data({ card }: { card: ModelCard }) {
  const { data } = card;
  return !data ? null : (
    <>
      <h3>Data</h3>
      <ul className="plain">
        {data.parts.map((part) => <li key={part.name}>{part.name}: {count(part.count)}{part.from && `, ${dateTime(part.from)} to ${dateTime(part.to)}`}</li>)}
        <li>Examples: {Object.entries(data.examples).map(([name, many]) => `${name} ${count(many)}`).join(', ')}</li>
        <li>From {data.sources.join(', ')}; version <span className="mono">{data.version.slice(0, 12)}</span>{data.licence && `; ${data.licence}`}</li>
        <li>Trained {dateTime(card.trained_at)} by <span className="mono">{card.code}</span></li>
      </ul>
    </>
  );
}
