import type { Replay, Status, Watermarks } from '../api/types';

/** Stages of a replay that come after publishing, in their order. */
export const StagesBehind = ['pattern', 'strategy', 'execution', 'store'] as const satisfies readonly (keyof Watermarks)[];

/** One reading, at a time of this machine. */
export interface Reading {
  /** Seconds since 1970. */
  time: number;
  /** Milliseconds that ticks of the run came late; null where that is not known. */
  p50: number | null;
  p99: number | null;
  /** Milliseconds that the schedule itself is behind. */
  drift: number | null;
  /** Ticks that each stage is behind what is published, in the order of {@link StagesBehind}. */
  behind: readonly (number | null)[];
  /** Entries of streams that wait for a reader. */
  waiting: number | null;
}

const KeptSeconds = 300;
const EverySeconds = 0.5;

/** What the last five minutes were like, at most two readings a second. */
export class HealthHistory {
  readonly readings: Reading[] = [];
  private waiting: number | null = null;

  status(status: Status, now: number): void {
    this.waiting = backlog(status);
    this.replay(status.replay, now);
  }

  replay(replay: Replay | null, now: number): void {
    const marks = replay?.watermarks;
    const reading: Reading = {
      time: now,
      p50: replay?.lateness_ms?.p50 ?? null,
      p99: replay?.lateness_ms?.p99 ?? null,
      drift: replay?.lateness_ms?.drift ?? null,
      behind: StagesBehind.map((stage) => (marks ? Math.max(0, marks.published - marks[stage]) : null)),
      waiting: this.waiting,
    };
    const last = this.readings.at(-1);
    if (last && now - last.time < EverySeconds) {
      this.readings[this.readings.length - 1] = { ...reading, time: last.time };
    } else {
      this.readings.push(reading);
      const old = this.readings.findIndex((each) => each.time > now - KeptSeconds);
      this.readings.splice(0, Math.max(0, old));
    }
  }
}

/** Entries that wait: not taken yet, or taken and not done. */
export function backlog(status: Status): number {
  return status.streams.flatMap((stream) => stream.groups).reduce((sum, group) => sum + group.pending + (group.lag ?? 0), 0);
}

/** A round number at or above what is drawn: 1, 2 or 5 times a power of ten. */
export function ceilingOf(values: readonly (number | null)[]): number {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  if (highest <= 1) {
    return 1;
  }

  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}
