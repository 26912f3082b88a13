import { price, quantity, words } from '../format';
import { familyOf, horizonWords } from '../state/patterns';
import type { SignalRow } from '../state/dashboard';

export const evidenceValue = (number: number): string => (Math.abs(number) >= 1_000 ? price(number, 2) : quantity(Number(number.toPrecision(6))));

/** What a detector saw, how far ahead it speaks, and the tick that it spoke at. */
export function SignalEvidence({ signal }: { signal: SignalRow }) {
  const evidence = Object.entries(signal.evidence ?? {});
  return (
    <dl className="evidence" data-testid="signal-evidence">
      <div><dt>Family</dt><dd>{words(familyOf(signal))}</dd></div>
      <div><dt>Horizon</dt><dd data-testid="signal-horizon">{signal.horizon_seconds ? horizonWords(signal.horizon_seconds) : 'not stated'}</dd></div>
      {evidence.map(([name, number]) => (
        <div key={name}><dt>{words(name)}</dt><dd data-testid={`evidence-${name}`} data-value={number}>{evidenceValue(number)}</dd></div>
      ))}
      {evidence.length === 0 && <div><dt>Evidence</dt><dd>none was recorded</dd></div>}
      <div><dt>Tick</dt><dd className="mono">{signal.tick_id}</dd></div>
    </dl>
  );
}
