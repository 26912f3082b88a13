import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiClient, ApiError } from '../api/client';
import type { Replay, User } from '../api/types';
import { replay } from '../testing/samples';
import { ReplayBar } from './ReplayBar';
import { requestOf } from './ReplayStartDialog';

beforeAll(() => {
  // happy-dom's dialog has no modal mode
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
});

afterEach(cleanup);

const full = (part: Partial<Replay> = {}): Replay => replay({
  sources: ['/data/a.gz', 'demo'], speed: '20', loop: true, round: 3, progress: 0.25, event_time: '2024-08-08T23:55:00Z', from: '2024-08-08T23:54:00Z',
  to: '2024-08-09T00:54:00Z', eta_seconds: 75, lateness_ms: { p50: 0.12, p99: 0.61, max: 4, drift: 0.04 },
  watermarks: { published: 100, pattern: 90, strategy: 80, execution: 80, store: 64 }, ...part,
});

const done = () => vi.fn((..._: unknown[]): Promise<unknown> => Promise.resolve());

function bar(shown: Replay | null, role: User['role'] = 'trader', calls: Partial<Record<keyof ApiClient, ReturnType<typeof done>>> = {}) {
  const client = {
    pauseReplay: done(), resumeReplay: done(), stopReplay: done(), seekReplay: done(), setReplaySpeed: done(), setReplayLoop: done(), startReplay: done(), ...calls,
  };
  render(<ReplayBar replay={shown} role={role} client={client as unknown as ApiClient} />);
  return client;
}

const idle = () => waitFor(() => expect(screen.getByTestId('replay').getAttribute('aria-busy')).toBe('false'));

const slider = () => screen.getByRole('slider', { name: 'Position in the replay' });

describe('the replay bar shows', () => {
  it('event time, sources, progress, time left and lateness', () => {
    bar(full());
    expect(screen.getByTestId('event-time').textContent).toBe('2024-08-08 23:55:00 UTC');
    expect(screen.getByText('a.gz + demo')).toBeTruthy();
    expect(screen.getByTestId('replay-facts').textContent).toBe('Running · 100 of 400 ticks · loop, round 3 · 1:15 left · drift 0.04 ms · late by 0.1 ms (p50), 0.6 ms (p99)');
    expect(slider()).toMatchObject({ min: '0', max: '3600', value: '60' });
    expect(slider().getAttribute('aria-valuetext')).toBe('2024-08-08 23:55:00 UTC (2 %)');
    const stage = screen.getAllByTestId('stage-row').find((row) => row.dataset['stage'] === 'store') as HTMLElement;
    expect(stage.textContent).toBe('store6436');
  });

  it('what an older gateway tells, and makes up nothing', () => {
    bar({ run: 'r', source: 'binance-l2', speed: null, state: 'running', published: 100, total: null });
    expect(screen.getByTestId('replay-facts').textContent).toBe('Running · 100 ticks');
    expect(screen.getByTestId('event-time').textContent).toBe('before the first tick');
    expect(screen.getByTestId('replay-speed')).toMatchObject({ value: '' });
    expect(screen.queryByText('Stages')).toBeNull();
    expect(slider()).toMatchObject({ max: '1', value: '0' });
  });

  it('the files of a past run, which its row has in one text', () => {
    bar(full({ state: 'finished', sources: ['/data/a.gz;demo'] }));
    expect(screen.getByText('a.gz + demo')).toBeTruthy();
  });

  it('lateness in the unit that can be read', () => {
    bar(full({ lateness_ms: { p50: 999.94, p99: 10_485.8, max: 12_000 } }));
    expect(screen.getByTestId('replay-facts').textContent).toContain('late by 999.9 ms (p50), 10.5 s (p99)');
    expect(screen.getByTestId('replay-facts').title).toBe('At most 12.0 s late');
  });

  it('where a stopped run was left', () => {
    bar(full({ state: 'stopped', error: 'left after tick 100 of 400' }));
    expect(screen.getByTestId('replay-stopped').textContent).toBe('Stopped: left after tick 100 of 400');
    expect(screen.getByTestId('replay-facts').textContent).not.toContain('left ·');
  });

  it('that there is none, and how to get one', () => {
    bar(null);
    expect(screen.getByText('No replay is under way.')).toBeTruthy();
    expect(screen.queryByRole('slider')).toBeNull();
    expect(screen.getByRole('button', { name: 'Start a replay' })).toHaveProperty('disabled', false);
  });

  it('the words and controls of each state', () => {
    const offered = (state: string): string => {
      cleanup();
      bar(full({ state }));
      const named = (id: string): string => {
        const button = screen.queryByTestId(id) as HTMLButtonElement | null;
        return button ? `${button.textContent}${button.disabled ? ' (off)' : ''}` : '-';
      };
      return [named('replay-toggle'), named('replay-stop'), named('replay-new'), slider().hasAttribute('disabled') ? 'fixed' : slider().getAttribute('aria-disabled') === 'true' ? 'waits' : 'seekable'].join(', ');
    };
    expect(offered('loading')).toBe('Pause (off), Stop, -, waits');
    expect(offered('running')).toBe('Pause, Stop, -, seekable');
    expect(offered('paused')).toBe('Play, Stop, -, seekable');
    expect(offered('stopping')).toBe('Pause (off), Stop (off), -, waits');
    for (const over of ['finished', 'failed', 'stopped']) {
      expect(offered(over)).toBe('-, -, Start a replay, fixed');
    }
  });
});

describe('the replay bar steers', () => {
  it('pauses, resumes, stops and sets the speed', async () => {
    const running = bar(full());
    fireEvent.click(screen.getByTestId('replay-toggle'));
    await idle();
    fireEvent.click(screen.getByTestId('replay-stop'));
    await idle();
    fireEvent.change(screen.getByLabelText('Speed'), { target: { value: 'max' } });
    await idle();
    fireEvent.change(screen.getByLabelText('Speed'), { target: { value: '0.1' } });
    expect(running.pauseReplay).toHaveBeenCalledTimes(1);
    expect(running.stopReplay).toHaveBeenCalledTimes(1);
    expect(running.setReplaySpeed.mock.calls).toEqual([['max'], [0.1]]);
    await idle();

    cleanup();
    const paused = bar(full({ state: 'paused' }));
    fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    await waitFor(() => expect(paused.resumeReplay).toHaveBeenCalledTimes(1));
  });

  it('begins again at the end, or not, and says what was taken', async () => {
    const looping = bar(full());
    const loop = screen.getByRole('button', { name: 'Loop' });
    expect(loop.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(loop);
    await idle();
    expect(looping.setReplayLoop.mock.calls).toEqual([[false]]);
    expect(screen.getByTestId('replay-said').textContent).toBe('It ends with its last tick.');
    cleanup();
    const once = bar(full({ loop: false, state: 'paused' }), 'trader', { setReplayLoop: vi.fn(() => Promise.reject(new ApiError('The run is over.', 409))) });
    fireEvent.click(screen.getByRole('button', { name: 'Loop' }));
    expect((await screen.findByRole('alert')).textContent).toBe('The run is over.');
    expect(once.setReplayLoop.mock.calls).toEqual([[true]]);
    expect(screen.getByTestId('replay-said').textContent).toBe('');
    cleanup();
    bar(full(), 'viewer');
    expect(screen.getByRole('button', { name: 'Loop' })).toHaveProperty('disabled', true);
  });

  it('keeps the focus where it is and takes one wish at a time', async () => {
    let finish: () => void = () => undefined;
    const client = bar(full(), 'trader', { pauseReplay: vi.fn(() => new Promise((resolve) => { finish = () => resolve(undefined); })) });
    const button = screen.getByTestId('replay-toggle');
    button.focus();
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.click(screen.getByTestId('replay-stop'));
    expect(document.activeElement).toBe(button);
    expect(button).toHaveProperty('disabled', false);
    expect(client.pauseReplay).toHaveBeenCalledTimes(1);
    expect(client.stopReplay).not.toHaveBeenCalled();
    finish();
    await idle();
  });

  it('offers a speed that is not on its list', () => {
    bar(full({ speed: '7.5' }));
    expect(screen.getByTestId('replay-speed')).toMatchObject({ value: '7.5' });
  });

  it('asks before it seeks, as a seek begins a new run', async () => {
    const client = bar(full());
    fireEvent.change(slider(), { target: { value: '1800' } });
    expect(client.seekReplay).not.toHaveBeenCalled();
    expect(screen.getByTestId('seek-ask').textContent).toContain('Go to 2024-08-09 00:24:00 UTC (50 %)? A seek ends this run and starts a new one');
    fireEvent.click(screen.getByRole('button', { name: 'Seek' }));
    await waitFor(() => expect(client.seekReplay.mock.calls).toEqual([[{ time: '2024-08-09T00:24:00.000Z' }]]));
    expect(screen.queryByTestId('seek-ask')).toBeNull();
  });

  it('takes Enter for seek and Escape for staying', async () => {
    const client = bar(full());
    fireEvent.change(slider(), { target: { value: '600' } });
    fireEvent.keyDown(slider(), { key: 'Escape' });
    expect(screen.queryByTestId('seek-ask')).toBeNull();
    expect(slider()).toMatchObject({ value: '60' });
    fireEvent.keyDown(slider(), { key: 'Enter' });
    fireEvent.change(slider(), { target: { value: '600' } });
    fireEvent.keyDown(slider(), { key: 'Enter' });
    await waitFor(() => expect(client.seekReplay.mock.calls).toEqual([[{ time: '2024-08-09T00:04:00.000Z' }]]));
  });

  it('lets a button of the question act for itself on Enter', () => {
    const client = bar(full());
    fireEvent.change(slider(), { target: { value: '600' } });
    const cancel = screen.getByRole('button', { name: 'Cancel' });
    fireEvent.keyDown(cancel, { key: 'Enter' });
    expect(client.seekReplay).not.toHaveBeenCalled();
    fireEvent.click(cancel);
    expect(document.activeElement).toBe(slider());
  });

  it('keeps the focus through the change of runs and forgets what was aimed at', () => {
    const client = { seekReplay: done() } as unknown as ApiClient;
    const { rerender } = render(<ReplayBar replay={full()} role="trader" client={client} />);
    slider().focus();
    fireEvent.change(slider(), { target: { value: '600' } });
    for (const next of [full({ state: 'stopping' }), full({ run: null, state: 'loading' }), full({ run: 'run-2' })]) {
      rerender(<ReplayBar replay={next} role="trader" client={client} />);
      expect(document.activeElement).toBe(slider());
    }

    expect(screen.queryByTestId('seek-ask')).toBeNull();
    rerender(<ReplayBar replay={full({ run: 'run-2', state: 'stopping' })} role="trader" client={client} />);
    fireEvent.change(slider(), { target: { value: '700' } });
    expect(screen.queryByTestId('seek-ask')).toBeNull();
  });

  it('seeks to the very first and last tick, to the microsecond', async () => {
    const client = bar(full({ from: '2024-08-08T23:54:00.029733Z', to: '2024-08-08T23:55:00.812113Z' }));
    fireEvent.change(slider(), { target: { value: '0' } });
    fireEvent.click(screen.getByTestId('seek-confirm'));
    await idle();
    fireEvent.change(slider(), { target: { value: (slider() as HTMLInputElement).max } });
    fireEvent.click(screen.getByTestId('seek-confirm'));
    await idle();
    expect(client.seekReplay.mock.calls).toEqual([[{ time: '2024-08-08T23:54:00.029733Z' }], [{ time: '2024-08-08T23:55:00.812113Z' }]]);
  });

  it('seeks by share where the ends are not known', async () => {
    const client = bar(full({ from: null, to: null }));
    fireEvent.change(slider(), { target: { value: '0.5' } });
    fireEvent.click(screen.getByTestId('seek-confirm'));
    await waitFor(() => expect(client.seekReplay.mock.calls).toEqual([[{ fraction: 0.5 }]]));
  });

  it("repeats a refusal in the gateway's words", async () => {
    bar(full(), 'trader', { pauseReplay: vi.fn(() => Promise.reject(new ApiError('Nothing to pause: the replay has just finished.', 409))) });
    fireEvent.click(screen.getByTestId('replay-toggle'));
    expect((await screen.findByRole('alert')).textContent).toBe('Nothing to pause: the replay has just finished.');
    fireEvent.click(screen.getByTestId('replay-stop'));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('is not for a viewer, who sees everything', () => {
    bar(full(), 'viewer');
    expect(screen.getByTestId('replay-facts').textContent).toContain('100 of 400 ticks');
    expect(screen.getByTestId('replay-role').textContent).toBe('Your role, viewer, may watch replays but not steer them.');
    const controls = [...screen.getAllByRole('button'), slider(), screen.getByTestId('replay-speed')];
    expect(controls.every((control) => (control as HTMLButtonElement).disabled)).toBe(true);
    cleanup();
    bar(null, 'viewer');
    expect(screen.getByTestId('replay-new')).toHaveProperty('disabled', true);
  });
});

describe('the start form', () => {
  const submit = () => fireEvent.submit(screen.getByTestId('replay-start').closest('form') as HTMLFormElement);

  it('proposes the content before and starts it', async () => {
    const client = bar(full({ state: 'finished' }));
    fireEvent.click(screen.getByTestId('replay-new'));
    expect(screen.getByLabelText(/^Data sets or paths/)).toMatchObject({ value: '/data/a.gz\ndemo' });
    const dialog = within(screen.getByTestId('replay-dialog'));
    fireEvent.change(dialog.getByLabelText(/^Data sets or paths/), { target: { value: ' demo \n\n' } });
    fireEvent.change(dialog.getByLabelText('Speed'), { target: { value: '0.5' } });
    fireEvent.click(dialog.getByLabelText(/^Loop/));
    submit();
    await waitFor(() => expect(screen.queryByTestId('replay-dialog')).toBeNull());
    expect(client.startReplay.mock.calls).toEqual([[{ path: 'demo', speed: 0.5, loop: false }]]);
  });

  it('says what is missing, and then what the gateway refuses', async () => {
    const startReplay = vi.fn(() => Promise.reject(new ApiError('x.csv: line 3: price: is not a number.', 400)));
    bar(null, 'admin', { startReplay });
    fireEvent.click(screen.getByTestId('replay-new'));
    fireEvent.change(screen.getByLabelText(/^Data sets or paths/), { target: { value: ' ' } });
    submit();
    expect(screen.getByRole('alert').textContent).toBe('Name a data set or a file.');
    expect(startReplay).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText(/^Data sets or paths/), { target: { value: 'x.csv' } });
    submit();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('x.csv: line 3: price: is not a number.'));
    expect(screen.getByTestId('replay-start')).toHaveProperty('disabled', false);
  });

  it('takes a range of stored ticks', async () => {
    const client = bar(full({ state: 'finished', sources: ['ticks:BTCUSDT,ETHUSDT@2024-08-08T23:54:00Z/2024-08-09T00:00:00Z'] }));
    expect(screen.getByText('stored ticks of BTCUSDT, ETHUSDT')).toBeTruthy();
    fireEvent.click(screen.getByTestId('replay-new'));
    expect(screen.getByLabelText('Stored ticks')).toMatchObject({ checked: true });
    fireEvent.change(screen.getByLabelText('To, UTC'), { target: { value: '2024-08-09 00:10' } });
    submit();
    await waitFor(() => expect(client.startReplay.mock.calls).toEqual([[{
      ticks: { symbols: ['BTCUSDT', 'ETHUSDT'], from: '2024-08-08T23:54:00.000Z', to: '2024-08-09T00:10:00.000Z' }, speed: 20, loop: true,
    }]]));
  });

  it('refuses ranges that are none', () => {
    const form = { kind: 'ticks' as const, paths: '', symbols: 'BTCUSDT', from: '2024-08-08', to: '2024-08-09T00:00:00+02:00', speed: 'max', loop: false };
    expect(requestOf(form)).toMatchObject({ ticks: { from: '2024-08-08T00:00:00.000Z', to: '2024-08-08T22:00:00.000Z' }, speed: 'max' });
    expect(requestOf({ ...form, symbols: ' , ' })).toBe('Name at least one symbol.');
    expect(requestOf({ ...form, to: 'soon' })).toContain('year-month-day');
    expect(requestOf({ ...form, to: form.from })).toBe('The range must end after it begins.');
    expect(requestOf({ ...form, kind: 'files', paths: 'a\nb' })).toEqual({ paths: ['a', 'b'], speed: 'max', loop: false });
  });
});
