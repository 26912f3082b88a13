import type { Replay } from '../api/types';

/** Speeds that the page offers; the gateway takes any above zero. */
export const Speeds: readonly (number | 'max')[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 'max'];

/** A speed as the gateway writes it, a number, a number as text, or max; null where it is none. */
export function speedOf(speed: Replay['speed'] | undefined): number | 'max' | null {
  if (speed === 'max') {
    return 'max';
  }

  const number = speed === null || speed === undefined || speed === '' ? Number.NaN : Number(speed);
  return Number.isFinite(number) && number > 0 ? number : null;
}

export const speedWords = (speed: number | 'max'): string => (speed === 'max' ? 'Max' : `${speed}×`);

/** Whether the market's ticks come from this replay just now. */
export const isActive = (replay: Replay | null): boolean => ['loading', 'running', 'paused', 'stopping'].includes(replay?.state ?? '');

const StoredPattern = /^ticks:([^@]+)@([^/]+)\/([^@]+)/;

/** A range of the tick store, as a source names it: ticks:SYMBOL,SYMBOL@from/to. Null for files and data sets. */
export function storedOf(source: string): { symbols: string; from: string; to: string } | null {
  const [, symbols, from, to] = StoredPattern.exec(source) ?? [];
  return symbols && from && to ? { symbols: symbols.replaceAll(',', ', '), from, to } : null;
}

/** Files, data sets or ranges of stored ticks; the row of a past run has several files in one text. */
export function sourcesOf(replay: Replay | null): readonly string[] {
  const sources = replay?.sources?.length ? replay.sources : [replay?.source ?? ''];
  return sources.flatMap((source) => (storedOf(source) ? [source] : source.split(';'))).map((source) => source.trim()).filter((source) => source !== '');
}

/** What is replayed, in words. */
export function sourceWords(replay: Replay): string {
  const names = sourcesOf(replay).map((source) => {
    const stored = storedOf(source);
    return stored ? `stored ticks of ${stored.symbols}` : (source.split('/').at(-1) ?? source);
  });
  return names.length > 0 ? names.join(' + ') : 'a replay';
}

/** Event time and position on one scale: seconds from the first tick where both ends are known, else the share that is published. */
export interface Track {
  at: number;
  length: number;
  step: number;
  /** Event time of the start in milliseconds; null where the track is a share. */
  from: number | null;
  /** Event times of both ends as they came: to the microsecond, which the clock of a browser does not have. */
  ends: readonly [first: string, last: string];
}

export function trackOf(replay: Replay): Track {
  const ends = [replay.from ?? '', replay.to ?? ''] as const;
  const from = Date.parse(ends[0]);
  const length = (Date.parse(ends[1]) - from) / 1000;
  if (length > 0) {
    const at = (Date.parse(replay.event_time ?? '') - from) / 1000;
    return { at: Math.min(length, Math.max(0, at || 0)), length, step: length <= 600 ? 0.1 : 1, from, ends };
  }

  const share = replay.progress ?? (replay.total ? replay.published / replay.total : 0);
  return { at: Math.min(1, Math.max(0, share)), length: 1, step: 0.001, from: null, ends };
}

/** A place on the track as the gateway takes it. */
export function seekTo(track: Track, at: number): { time: string } | { fraction: number } {
  if (track.from === null) {
    return { fraction: at };
  }

  // A time outside the content by a fraction of a millisecond would be refused.
  const end = at <= 0 ? track.ends[0] : at >= track.length ? track.ends[1] : null;
  return { time: end ?? new Date(track.from + Math.round(at * 1000)).toISOString() };
}

/** 75 -> 1:15, 3700 -> 1:01:40. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 0.004 -> 0.004 ms, 0.61 -> 0.6 ms, 10485.8 -> 10.5 s. */
export const lateWords = (ms: number): string => (ms > 0 && ms < 0.1 ? `${Number(ms.toPrecision(1))} ms` : ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`);
