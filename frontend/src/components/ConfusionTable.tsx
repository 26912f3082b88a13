import { count, words } from '../format';
import type { Confusion } from '../state/confusion';

/** A confusion matrix; the share of a row that a cell has is its shade, and in words its title. */
export function ConfusionTable({ confusion }: { confusion: Confusion }) {
  return (
    <>
      <h3>What it said of what was there</h3>
      <div className="scroll" role="region" aria-label="Confusion matrix" tabIndex={0}>
        <table className="confusion" data-testid="confusion">
          <thead>
            <tr>
              <th scope="col">There was</th>
              {confusion.classes.map((said) => <th key={said} scope="col" className="num">{words(said)}</th>)}
            </tr>
          </thead>
          <tbody>
            {confusion.classes.map((actual, row) => (
              <MatrixRow key={actual} actual={actual} classes={confusion.classes} counts={confusion.counts[row] ?? []} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function MatrixRow({ actual, classes, counts, row }: { actual: string; classes: string[]; counts: number[]; row: number }) {
  const all = counts.reduce((sum, one) => sum + one, 0);
  return (
    <tr>
      <th scope="row">{words(actual)}</th>
      {counts.map((one, column) => {
        const share = all === 0 ? 0 : one / all;
        const tone = column === row ? 'var(--up)' : 'var(--down)';
        return (
          <td
            key={classes[column]} className="num" title={`${(share * 100).toFixed(0)} % of ${words(actual)}`}
            style={{ background: `color-mix(in srgb, ${tone} ${Math.round(share * 45)}%, transparent)` }}
          >
            {count(one)}
          </td>
        );
      })}
    </tr>
  );
}
