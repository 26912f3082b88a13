import { words } from '../format';

type Json = unknown;

/** Shows whatever the decision recorded about itself: models, who won the race, how long each took, the data's watermark. */
export function Provenance({ provenance }: { provenance: Record<string, Json> }) {
  const rows = flatten(provenance);
  if (rows.length === 0) {
    return <p className="muted">Nothing was recorded.</p>;
  }

  return (
    <dl className="provenance" data-testid="provenance">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="mono" data-testid={`provenance-${name.toLowerCase().replaceAll(' ', '-')}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function flatten(value: Json, path: readonly string[] = []): [string, string][] {
  if (value !== null && typeof value === 'object' && !(Array.isArray(value) && value.every((item) => typeof item !== 'object'))) {
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...path, /^\d+$/.test(key) ? String(Number(key) + 1) : key]));
  }

  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '–');
  return text === '' ? [] : [[words(path.join(' ')), text]];
}
