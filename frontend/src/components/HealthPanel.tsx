import { count } from '../format';
import { ceilingOf, type Reading, StagesBehind } from '../state/health';
import { lateWords } from '../state/replay';
import { Card } from './Card';

interface Line {
  name: string;
  /** Name of its colour. */
  key: string;
  values: readonly (number | null)[];
}

const keys = ['line-3', 'line-1', 'line-2', 'signal-down'];

/** How late ticks come, how far stages are behind, and what waits on the streams, over the last five minutes. */
export function HealthPanel({ readings }: { readings: readonly Reading[] }) {
  const late: Line[] = [
    { name: 'schedule', key: 'line-1', values: readings.map((reading) => reading.drift) },
    { name: 'half within', key: 'line-3', values: readings.map((reading) => reading.p50) },
    { name: '99 % within', key: 'line-2', values: readings.map((reading) => reading.p99) },
  ];
  const behind = StagesBehind.map((name, at): Line => ({ name, key: keys[at] as string, values: readings.map((reading) => reading.behind[at] ?? null) }));
  const waiting: Line[] = [{ name: 'all streams', key: 'line-3', values: readings.map((reading) => reading.waiting) }];
  const times = readings.map((reading) => reading.time);
  return (
    <Card title="Latency and lag" className="area-health" actions={<span className="muted">last 5 minutes of this page</span>}>
      <div className="health-charts">
        <TimeLines title="Ticks of the replay late by" lines={late} times={times} words={lateWords} empty="No replay is under way." />
        <TimeLines title="Ticks behind the publisher" lines={behind} times={times} words={count} empty="No replay is under way." />
        <TimeLines title="Stream entries waiting" lines={waiting} times={times} words={count} empty="Not known yet." />
      </div>
    </Card>
  );
}

const [Wide, High] = [300, 60];

function TimeLines({ title, lines, times, words, empty }: {
  title: string; lines: readonly Line[]; times: readonly number[]; words: (value: number) => string; empty: string;
}) {
  const last = lines.map((line) => line.values.at(-1) ?? null);
  const highest = ceilingOf(lines.flatMap((line) => line.values));
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const x = (time: number) => (to > from ? ((time - from) / (to - from)) * Wide : Wide);
  const isEmpty = lines.every((line) => line.values.every((value) => value === null));
  return (
    <section className="time-lines" aria-label={title} data-testid="time-lines">
      <h3>{title}</h3>
      {isEmpty ? <p className="empty">{empty}</p> : (
        <>
          <div className="plot">
            <svg viewBox={`0 0 ${Wide} ${High}`} preserveAspectRatio="none" role="img"
              aria-label={`${title} over the last ${Math.round(to - from)} s, now ${lines.map((line, at) => `${line.name} ${wordsOf(last[at], words)}`).join(', ')}`}>
              {lines.map((line) => (
                <path key={line.name} d={pathOf(line.values, times, x, highest)} style={{ stroke: `var(--${line.key})` }} vectorEffect="non-scaling-stroke" />
              ))}
            </svg>
            <span className="most muted">{words(highest)}</span>
          </div>
          <p className="keys">
            {lines.map((line, at) => (
              <span key={line.name}><span className="key" style={{ background: `var(--${line.key})` }} aria-hidden="true" /> <span className="muted">{line.name}</span> {wordsOf(last[at], words)}</span>
            ))}
          </p>
        </>
      )}
    </section>
  );
}

const wordsOf = (value: number | null | undefined, words: (value: number) => string): string => (value === null || value === undefined ? '–' : words(value));

/** A line through what is known, broken where nothing is. */
function pathOf(values: readonly (number | null)[], times: readonly number[], x: (time: number) => number, highest: number): string {
  let pen = 'M';
  return values.map((value, at) => {
    const step = value === null ? '' : `${pen}${x(times[at] as number).toFixed(1)} ${(High - (value / highest) * (High - 2) - 1).toFixed(1)}`;
    pen = value === null ? 'M' : 'L';
    return step;
  }).join('');
}
