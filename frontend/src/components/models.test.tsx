import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { type ApiClient, ApiError, newKey } from '../api/client';
import type { Job, Model, ModelCard, ServingRunner } from '../api/models';
import { job } from '../testing/samples';
import { JobsPage, resultWords } from './JobsPage';
import { ModelsPage } from './ModelsPage';
import { PromoteDialog } from './PromoteDialog';

afterEach(cleanup);

const model: Model = {
  name: 'nbeats', task: 'forecast', summary: 'Forecasts prices.', answering: 1,
  versions: [1, 2].map((version) => ({
    version, state: version === 1 ? 'active' as const : 'candidate' as const, sha256: 'a', data_version: '0123456789abcdef', code: 'c', previous: null,
    created_at: '2024-08-08T12:00:00Z', metrics: {},
  })),
};
const card: ModelCard = {
  summary: 'N-BEATS.', verdict: { goes_live: false, reason: 'no better than the last price' }, limits: ['Other markets.'],
  metrics: { accuracy: 0.123456, p_by_chance: 0.00001, up_said_up: 3, up_said_down: 1, down_said_up: 0, down_said_down: 4 },
  data: { version: 'ff', sources: ['a.csv'], parts: [{ name: 'BTCUSDT', count: 1500, from: null, to: null }], examples: { training: 10 }, licence: null },
};
const runner: ServingRunner = {
  runner: 'onnx-runner', is_reachable: true, labels: { stable: 1, canary: 2 }, traffic: { stable: 90, canary: 10 },
  versions: [{
    version: 1, inferences: 1234, failures: 0, mean_milliseconds: 1.5,
    outcomes: { count: 7, mean_absolute_error: 1, mean_absolute_percentage_error: 0.01, moves: 4, direction_hits: 0.75 },
  }],
};

const clientOf = (part: Partial<Record<keyof ApiClient, unknown>> = {}): ApiClient => ({
  models: () => Promise.resolve({ items: [model] }),
  modelCard: () => Promise.resolve(card),
  modelServing: () => Promise.resolve({ runners: [runner, { ...runner, runner: 'tensorrt-runner', is_reachable: false, versions: [] }] }),
  ...part,
}) as unknown as ApiClient;

it('shows the models, how the first is served, its versions and the card of the one that answers', async () => {
  const asked = vi.fn(() => Promise.resolve(card));
  render(<ModelsPage client={clientOf({ modelCard: asked })} role="trader" model={undefined} version={undefined} />);
  expect((await screen.findByTestId('verdict')).textContent).toBe('Does not go live: no better than the last price');
  expect(asked).toHaveBeenCalledWith('nbeats', 1, expect.anything());
  const rows = (await screen.findAllByTestId('serving-row')).map((row) => [...row.children].map((cell) => cell.textContent).join('|'));
  expect(rows).toEqual(['onnx-runner|1|stable 90 %|1,234|0|1.50|7|0.0100|75.0 %', 'tensorrt-runner|does not answer']);
  expect(screen.getByText('0.1235')).toBeTruthy();
  expect(screen.getByText('1.0e-5')).toBeTruthy();
  const matrix = within(screen.getByTestId('confusion')).getAllByRole('row').map((row) => row.textContent);
  expect(matrix).toEqual(['There wasUpDown', 'Up31', 'Down04']);
  // Only what does not answer yet can be promoted.
  expect(screen.getAllByTestId('promote')).toHaveLength(1);
});

it('offers no promotion to viewers', async () => {
  render(<ModelsPage client={clientOf()} role="viewer" model="nbeats" version={2} />);
  await screen.findByTestId('verdict');
  expect(screen.queryByTestId('promote')).toBeNull();
});

it('says that there are none, that one is unknown, and why they cannot be shown, with a way to try again', async () => {
  const { unmount } = render(<ModelsPage client={clientOf({ models: () => Promise.resolve({ items: [] }) })} role="admin" model={undefined} version={undefined} />);
  expect(await screen.findByText(/No model is on record yet/)).toBeTruthy();
  unmount();
  const second = render(<ModelsPage client={clientOf()} role="admin" model="gone" version={undefined} />);
  expect((await screen.findByRole('alert')).textContent).toBe('There is no model gone on record.');
  second.unmount();
  const models = vi.fn().mockRejectedValueOnce(new ApiError('The database is away.', 503)).mockResolvedValue({ items: [model] });
  render(<ModelsPage client={clientOf({ models })} role="admin" model={undefined} version={undefined} />);
  expect((await screen.findByTestId('load-error')).textContent).toContain('The database is away.');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByTestId('model-row')).toBeTruthy();
});

it('promotes once, follows the job and says what came of it', async () => {
  const promote = vi.fn(() => Promise.resolve(job({ type: 'promotion', status: 'queued' })));
  const look = vi.fn<() => Promise<Job>>().mockRejectedValueOnce(new ApiError('Away.', 503)).mockResolvedValue(job({ status: 'completed' }));
  const promoted = vi.fn();
  render(<PromoteDialog client={clientOf({ promote, job: look })} role="trader" model="nbeats" version={2} onClose={() => undefined} onPromoted={promoted} everyMs={1} />);
  fireEvent.click(screen.getByTestId('promote-confirm'));
  await waitFor(() => expect(screen.getByTestId('promote-job').textContent).toBe('It answers now.'));
  expect(promote).toHaveBeenCalledTimes(1);
  expect(promote).toHaveBeenCalledWith('nbeats', 2, false, expect.stringMatching(/^[0-9a-f-]{36}$/));
  expect(promoted).toHaveBeenCalledTimes(1);
});

it('lets an administrator promote what is refused, under the same key', async () => {
  const promote = vi.fn()
    .mockRejectedValueOnce(new ApiError('nbeats 2 is not promoted: no better.', 409))
    .mockResolvedValue(job({ status: 'failed', error: 'gone' }));
  render(<PromoteDialog client={clientOf({ promote })} role="admin" model="nbeats" version={2} onClose={() => undefined} onPromoted={() => undefined} />);
  fireEvent.click(screen.getByTestId('promote-confirm'));
  expect((await screen.findByRole('alert')).textContent).toContain('no better');
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.click(screen.getByTestId('promote-confirm'));
  await waitFor(() => expect(screen.getByTestId('promote-job').textContent).toBe('It was not promoted: gone'));
  const [first, second] = promote.mock.calls;
  expect([first?.[2], second?.[2]]).toEqual([false, true]);
  expect(first?.[3]).toBe(second?.[3]);
});

it('lists jobs, ends one on request, and turns pages', async () => {
  const running = job({ id: 'one', result: { step: 50, steps: 200 } });
  const jobs = vi.fn((_status: unknown, before: string | null) =>
    Promise.resolve(before ? { items: [job({ id: 'old', status: 'failed', error: 'no data' })], next: null } : { items: [running], next: 'cursor' }));
  const cancelJob = vi.fn(() => Promise.resolve(running));
  render(<JobsPage client={clientOf({ jobs, cancelJob })} role="trader" />);
  expect((await screen.findByTestId('job-row')).textContent).toContain('25 % of 200 steps');
  fireEvent.click(screen.getByTestId('cancel-job'));
  expect(cancelJob).toHaveBeenCalledWith('one');
  fireEvent.click(screen.getByRole('button', { name: 'Older' }));
  await waitFor(() => expect(screen.getByTestId('job-row').textContent).toContain('no data'));
  expect(screen.queryByTestId('cancel-job')).toBeNull();
  fireEvent.change(screen.getByTestId('job-status'), { target: { value: 'running' } });
  await waitFor(() => expect(jobs).toHaveBeenLastCalledWith('running', null, expect.anything()));
});

it('words what came of a job as far as a line has room', () => {
  expect(resultWords(job({ status: 'completed', result: { model: 'mine', goes_live: true, metrics: { a: 1 }, before: null } }))).toBe('model mine, goes live true');
});

it('makes keys that are UUIDs of version 4', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
