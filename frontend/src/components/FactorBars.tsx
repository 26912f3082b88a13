import type { Factor } from '../api/types';
import { signed, words } from '../format';

/** One bar a factor, to the left when it spoke against, to the right when it spoke for; they add up to the score. */
export function FactorBars({ factors, score }: { factors: readonly Factor[]; score: number }) {
  const widest = Math.max(...factors.map((factor) => Math.abs(factor.contribution)), Math.abs(score), 1e-9);
  const sum = factors.reduce((total, factor) => total + factor.contribution, 0);
  const agrees = Math.abs(sum - score) < 1e-6;
  return (
    <table className="factors" data-testid="factors">
      <thead className="visually-hidden">
        <tr><th scope="col">Factor</th><th scope="col">Bar</th><th scope="col">Contribution</th></tr>
      </thead>
      <tbody>
        {factors.map((factor) => (
          <tr key={factor.name} data-testid="factor-row" data-contribution={factor.contribution}>
            <th scope="row">
              {words(factor.name)}
              <span className="muted formula">{signed(factor.value, 4)} × {factor.weight}</span>
              {factor.note && <span className="muted formula">{factor.note}</span>}
            </th>
            <td className="bar-cell"><Bar share={factor.contribution / widest} /></td>
            <td className="num">{signed(factor.contribution, 4)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr data-testid="factor-sum">
          <th scope="row">Score</th>
          <td className="bar-cell"><Bar share={score / widest} /></td>
          <td className="num">{signed(score, 4)}</td>
        </tr>
        {!agrees && <tr><td colSpan={3} role="alert" className="error">The factors add up to {signed(sum, 4)}, not to the score.</td></tr>}
      </tfoot>
    </table>
  );
}

function Bar({ share }: { share: number }) {
  const width = `${Math.min(1, Math.abs(share)) * 50}%`;
  const style = share >= 0 ? { left: '50%', width } : { right: '50%', width };
  return <div className="bar" aria-hidden="true"><span className={share >= 0 ? 'for' : 'against'} style={style} /></div>;
}
