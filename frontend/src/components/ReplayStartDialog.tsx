import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Replay, ReplayStart } from '../api/types';
import { sourcesOf, speedOf, Speeds, speedWords, storedOf } from '../state/replay';

interface Props {
  /** The replay before, whose content is proposed again. */
  last: Replay | null;
  client: ApiClient;
  onClose: () => void;
  onStarted: () => void;
}

/** What the form holds: as typed. */
interface Form {
  kind: 'files' | 'ticks';
  paths: string;
  symbols: string;
  from: string;
  to: string;
  speed: string;
  loop: boolean;
}

/** The replay before once more; without one, the data set that ships with the system. */
function formOf(last: Replay | null): Form {
  const sources = sourcesOf(last);
  const stored = storedOf(sources[0] ?? '');
  return {
    kind: stored ? 'ticks' : 'files',
    paths: stored || sources.length === 0 ? 'demo' : sources.join('\n'),
    ...(stored ?? { symbols: '', from: '', to: '' }),
    speed: String(speedOf(last?.speed) ?? 1),
    loop: last?.loop ?? false,
  };
}

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Typed as UTC, with or without saying so; null where it is no time. */
function utc(text: string): string | null {
  const said = text.trim().replace(' ', 'T');
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(said) ? said : `${said}${said.includes('T') ? '' : 'T00:00'}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The request of a form, or what is missing in words. */
export function requestOf(form: Form): ReplayStart | string {
  const how = { speed: form.speed === 'max' ? ('max' as const) : Number(form.speed), loop: form.loop };
  if (form.kind === 'files') {
    const paths = lines(form.paths);
    const [path] = paths;
    return path === undefined ? 'Name a data set or a file.' : paths.length === 1 ? { path, ...how } : { paths, ...how };
  }

  const symbols = form.symbols.split(/[\s,]+/).filter((symbol) => symbol !== '');
  const [from, to] = [utc(form.from), utc(form.to)];
  if (symbols.length === 0) {
    return 'Name at least one symbol.';
  }

  if (from === null || to === null) {
    return 'Give both times as year-month-day hour:minute, UTC.';
  }

  return from < to ? { ticks: { symbols, from, to }, ...how } : 'The range must end after it begins.';
}

export function ReplayStartDialog({ last, client, onClose, onStarted }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [form, setForm] = useState<Form>(() => formOf(last));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  useEffect(() => dialog.current?.showModal(), []);

  const start = async (event: FormEvent) => {
    event.preventDefault();
    const request = requestOf(form);
    if (typeof request === 'string') {
      setProblem(request);
      return;
    }

    setBusy(true);
    setProblem(null);
    try {
      await client.startReplay(request);
      onStarted();
      onClose();
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : 'That did not work.');
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} className="card" aria-labelledby="replay-start-title" onClose={onClose} data-testid="replay-dialog">
      <form onSubmit={(event) => void start(event)}>
        <h2 id="replay-start-title">Start a replay</h2>
        <p className="muted">It trades on the account as it is now. Live ticks wait until it has ended.</p>
        <Content form={form} set={set} />
        <Pace form={form} set={set} />
        {problem && <p role="alert" className="error" data-testid="replay-start-problem">{problem}</p>}
        <div className="buttons">
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="primary" disabled={busy} data-testid="replay-start">Start</button>
        </div>
      </form>
    </dialog>
  );
}

interface PartProps {
  form: Form;
  set: (part: Partial<Form>) => void;
}

function Content({ form, set }: PartProps) {
  const id = useId();
  const text = (name: 'symbols' | 'from' | 'to', label: string, hint: string) => (
    <div>
      <label htmlFor={`${id}${name}`}>{label}</label>
      <input id={`${id}${name}`} value={form[name]} placeholder={hint} autoComplete="off" onChange={(event) => set({ [name]: event.target.value })} />
    </div>
  );
  return (
    <>
      <fieldset className="choices">
        <legend>Ticks from</legend>
        <label><input type="radio" name={id} checked={form.kind === 'files'} onChange={() => set({ kind: 'files' })} /> Files or data sets</label>
        <label><input type="radio" name={id} checked={form.kind === 'ticks'} onChange={() => set({ kind: 'ticks' })} /> Stored ticks</label>
      </fieldset>
      {form.kind === 'files' ? (
        <div>
          <label htmlFor={`${id}paths`}>Data sets or paths, one a line; several are merged by time</label>
          <textarea id={`${id}paths`} rows={3} value={form.paths} autoFocus autoComplete="off" spellCheck={false} onChange={(event) => set({ paths: event.target.value })} />
        </div>
      ) : (
        <div className="fields">
          {text('symbols', 'Symbols', 'BTCUSDT, ETHUSDT')}
          {text('from', 'From, UTC', '2024-08-08 23:54')}
          {text('to', 'To, UTC', '2024-08-09 00:10')}
        </div>
      )}
    </>
  );
}

function Pace({ form, set }: PartProps) {
  const id = useId();
  const offered = Speeds.map(String);
  return (
    <div className="fields">
      <div>
        <label htmlFor={id}>Speed</label>
        <select id={id} value={form.speed} onChange={(event) => set({ speed: event.target.value })}>
          {(offered.includes(form.speed) ? offered : [form.speed, ...offered]).map((speed) => (
            <option key={speed} value={speed}>{speedWords(speed === 'max' ? 'max' : Number(speed))}</option>
          ))}
        </select>
      </div>
      <label className="check"><input type="checkbox" checked={form.loop} onChange={(event) => set({ loop: event.target.checked })} /> Loop: begin again at the end</label>
    </div>
  );
}
