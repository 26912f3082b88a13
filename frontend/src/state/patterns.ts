import type { Signal } from '../api/types';
import { words } from '../format';

/** Families in the order in which the filter lists them. */
const Families = ['momentum', 'mean_reversion', 'price_action', 'candlestick', 'microstructure'];

/** The family that the gateway names; signals of before it did so stand apart. */
export const familyOf = (signal: Signal): string => signal.family || 'other';

/** What the signals table shows: everything, a family, or one pattern. */
export type SignalFilter = 'all' | `family:${string}` | `pattern:${string}`;

export function matches(signal: Signal, filter: SignalFilter): boolean {
  return filter === 'all' || filter === `family:${familyOf(signal)}` || filter === `pattern:${signal.pattern}`;
}

/** The families and patterns that signals bear, families in their order, patterns by name. */
export function groupsOf(signals: readonly Signal[]): { family: string; patterns: string[] }[] {
  const groups = new Map<string, Set<string>>();
  for (const signal of signals) {
    const family = familyOf(signal);
    groups.set(family, (groups.get(family) ?? new Set()).add(signal.pattern));
  }

  const place = (family: string): number => (Families.indexOf(family) + Families.length + 1) % (Families.length + 1);
  return [...groups]
    .map(([family, patterns]) => ({ family, patterns: [...patterns].sort((a, b) => words(a).localeCompare(words(b), 'en')) }))
    .sort((a, b) => place(a.family) - place(b.family) || a.family.localeCompare(b.family, 'en'));
}

const units: readonly [size: number, one: string][] = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']];

/** 300 -> 5 minutes, 90 -> 90 seconds. */
export function horizonWords(seconds: number): string {
  const [size, name] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second'];
  const n = seconds / size;
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}
