import type { Replay, Watermarks } from '../api/types';
import { count } from '../format';

const stages: readonly (keyof Watermarks)[] = ['published', 'pattern', 'strategy', 'execution', 'store'];

/** How far each stage has digested the run. */
export function ReplayStages({ replay }: { replay: Replay | null }) {
  const marks = replay?.watermarks;
  if (!marks || stages.every((stage) => marks[stage] === undefined)) {
    return null;
  }

  return (
    <details className="stages">
      <summary>Stages</summary>
      <table>
        <thead><tr><th scope="col">Stage</th><th scope="col" className="num">Tick</th><th scope="col" className="num">Behind</th></tr></thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage} data-testid="stage-row" data-stage={stage}>
              <th scope="row">{stage}</th>
              <td className="num">{count(marks[stage] ?? 0)}</td>
              <td className="num">{count(Math.max(0, (marks.published ?? 0) - (marks[stage] ?? 0)))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
