import { useEffect, useId, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Replay, User } from '../api/types';
import { count, dateTime, words } from '../format';
import { duration, isActive, lateWords, sourceWords, speedOf, Speeds, speedWords } from '../state/replay';
import { ReplaySeek } from './ReplaySeek';
import { ReplayStages } from './ReplayStages';
import { ReplayStartDialog } from './ReplayStartDialog';

interface Props {
  replay: Replay | null;
  client: ApiClient;
  role: User['role'];
}

/** Long enough to be read. */
const SaidMs = 8_000;

/** Asks for something, and says what was taken when it was. */
type Call = (work: () => Promise<unknown>, said: string) => void;

/**
 * Runs one call at a time and keeps what came of it, in words: a refusal until the next one, the rest for a while. Controls stay enabled meanwhile: a disabled one
 * would lose the keyboard's focus.
 */
function useCall() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), SaidMs);
    return () => clearTimeout(timer);
  }, [said]);

  const call = async (work: () => Promise<unknown>, words: string): Promise<void> => {
    if (busy) {
      return;
    }

    setBusy(true);
    setProblem(null);
    setSaid('');
    try {
      await work();
      setSaid(words);
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : 'That did not work.');
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, said, setSaid, call };
}

/** Where the replay stands, and for those who may: play, pause, stop, speed, loop, seek and start. */
export function ReplayBar({ replay, client, role }: Props) {
  const { busy, problem, said, setSaid, call } = useCall();
  const [asking, setAsking] = useState(false);
  const mayChange = role !== 'viewer';
  const active = isActive(replay);
  const state = replay?.state ?? 'idle';
  const steers = mayChange && (state === 'running' || state === 'paused');
  return (
    <section className="replay card" aria-label="Replay" data-testid="replay" data-state={state} aria-busy={busy} title={replay?.run ?? undefined}>
      <div className="replay-row">
        <Buttons state={state} enabled={mayChange} client={client} call={(work, words) => void call(work, words)} />
        <Where replay={replay} />
        {replay && state !== 'idle' && (
          <ReplaySeek replay={replay} enabled={steers} fixed={!mayChange || !active} onSeek={(to) => void call(() => client.seekReplay(to), 'A new run begins at the place that you chose.')} />
        )}
        {active && replay && <Speed replay={replay} enabled={steers} onSpeed={(speed) => void call(() => client.setReplaySpeed(speed), `The speed is ${speedWords(speed)}.`)} />}
        {active && replay && <Loop replay={replay} enabled={mayChange && state !== 'stopping'} client={client} call={(work, words) => void call(work, words)} />}
        <ReplayStages replay={replay} />
        {!active && (
          <button type="button" className="primary" disabled={!mayChange} onClick={() => setAsking(true)} data-testid="replay-new">
            Start a replay
          </button>
        )}
      </div>
      <div className="replay-row replay-line">
        <Facts replay={replay} />
        <span className="replay-said" role="status" data-testid="replay-said">{said}</span>
        {problem && <span className="error" role="alert" data-testid="replay-problem">{problem}</span>}
      </div>
      {replay?.state === 'stopped' && replay.error && <p className="muted replay-note" data-testid="replay-stopped">Stopped: {replay.error}</p>}
      {!mayChange && <p className="muted replay-note" data-testid="replay-role">Your role, {role}, may watch replays but not steer them.</p>}
      {asking && <ReplayStartDialog last={replay} client={client} onClose={() => setAsking(false)} onStarted={() => setSaid('Taken: its ticks are read to their end before the first is published.')} />}
    </section>
  );
}

function Buttons({ state, enabled, client, call }: {
  state: string; enabled: boolean; client: ApiClient; call: Call;
}) {
  if (!['loading', 'running', 'paused', 'stopping'].includes(state)) {
    return null;
  }

  const paused = state === 'paused';
  return (
    <div className="replay-buttons" role="group" aria-label="Playback">
      <button type="button" disabled={!enabled || (state !== 'running' && !paused)} data-testid="replay-toggle"
        title={paused ? 'Go on with the next tick' : 'Hold between two ticks'}
        onClick={() => (paused ? call(client.resumeReplay, 'It goes on.') : call(client.pauseReplay, 'It holds; Play goes on with the next tick.'))}>
        <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true"><path fill="currentColor" d={paused ? 'M2 1 11 6 2 11Z' : 'M2 1H5V11H2ZM7 1H10V11H7Z'} /></svg>
        {paused ? 'Play' : 'Pause'}
      </button>
      <button type="button" disabled={!enabled || state === 'stopping'} data-testid="replay-stop" title="End the run here"
        onClick={() => call(client.stopReplay, 'No further tick is published; the run ends when every stage has seen what was.')}>
        <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true"><path fill="currentColor" d="M1.5 1.5H10.5V10.5H1.5Z" /></svg>
        Stop
      </button>
    </div>
  );
}

/** Event time, and of what. */
function Where({ replay }: { replay: Replay | null }) {
  if (!replay || replay.state === 'idle') {
    return <span className="muted replay-where">No replay is under way.</span>;
  }

  return (
    <span className="replay-where">
      <span className="mono" data-testid="event-time">{replay.event_time ? `${dateTime(replay.event_time)} UTC` : 'before the first tick'}</span>
      <span className="muted source">{sourceWords(replay)}</span>
    </span>
  );
}

function Speed({ replay, enabled, onSpeed }: { replay: Replay; enabled: boolean; onSpeed: (speed: number | 'max') => void }) {
  const id = useId();
  const speed = speedOf(replay.speed);
  const offered = speed === null || Speeds.includes(speed) ? Speeds : [speed, ...Speeds];
  return (
    <span className="replay-speed">
      <label htmlFor={id}>Speed</label>
      <select id={id} value={speed ?? ''} disabled={!enabled} data-testid="replay-speed"
        onChange={(event) => onSpeed(event.target.value === 'max' ? 'max' : Number(event.target.value))}>
        {speed === null && <option value="">unknown</option>}
        {offered.map((each) => <option key={each} value={each}>{speedWords(each)}</option>)}
      </select>
    </span>
  );
}

function Loop({ replay, enabled, client, call }: { replay: Replay; enabled: boolean; client: ApiClient; call: Call }) {
  const on = replay.loop ?? false;
  return (
    <button type="button" className="toggle" aria-pressed={on} disabled={!enabled} data-testid="replay-loop" title="Begin again at the end, as a new run"
      onClick={() => call(() => client.setReplayLoop(!on), on ? 'It ends with its last tick.' : 'At its end it begins again, as a new run.')}>Loop</button>
  );
}

/** State, ticks, time left, lateness: what is not known is left out. */
function Facts({ replay }: { replay: Replay | null }) {
  if (!replay || replay.state === 'idle') {
    return null;
  }

  const { published, total, eta_seconds: eta, lateness_ms: late, round } = replay;
  const drift = late?.drift;
  const facts = [
    words(replay.state),
    total === null ? `${count(published)} ticks` : `${count(published)} of ${count(total)} ticks`,
    ...(replay.loop ? [`loop, round ${round ?? 1}`] : []),
    ...(isActive(replay) && eta !== null && eta !== undefined ? [`${duration(eta)} left`] : []),
    ...(drift !== null && drift !== undefined ? [`drift ${lateWords(drift)}`] : []),
    ...(late ? [`late by ${lateWords(late.p50)} (p50), ${lateWords(late.p99)} (p99)`] : []),
  ];
  return <span className="muted replay-facts" data-testid="replay-facts" title={late ? `At most ${lateWords(late.max)} late` : undefined}>{facts.join(' · ')}</span>;
}
