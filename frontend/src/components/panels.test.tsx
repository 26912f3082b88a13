import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../api/client';
import { account, decision, order, signal, trade } from '../testing/samples';
import { AccountBar } from './AccountBar';
import { DecisionPanel } from './DecisionPanel';
import { FillsTable } from './FillsTable';
import { OrdersTable } from './OrdersTable';
import { flatten } from './Provenance';
import { SignalsTable } from './SignalsTable';

beforeAll(() => {
  // happy-dom's dialog has no modal mode
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
});

afterEach(cleanup);

const decimals = () => 2;

describe('the decision panel', () => {
  const panel = (answer: Promise<unknown>) =>
    render(<DecisionPanel id="d1" client={{ decision: () => answer } as unknown as ApiClient} onClose={() => undefined} />);

  it('shows factors that add up to the score, and what would have flipped it', async () => {
    panel(Promise.resolve(decision()));
    const rows = await screen.findAllByTestId('factor-row');
    const sum = rows.reduce((total, row) => total + Number(row.dataset['contribution']), 0);
    expect(sum).toBeCloseTo(0.45, 10);
    expect(screen.getByTestId('factor-sum').textContent).toContain('+0.4500');
    expect(screen.getByTestId('flips').textContent).toContain('Forecast at −0.1000 instead of +0.2000 would have meant Hold.');
    expect(screen.getByTestId('provenance').textContent).toContain('onnx-runner');
  });

  it('says so when the parts do not add up', async () => {
    panel(Promise.resolve(decision({ score: 0.9 })));
    expect((await screen.findByRole('alert')).textContent).toContain('not to the score');
  });

  it('says in words what went wrong', async () => {
    panel(Promise.reject(new Error('This is not known here (any more).')));
    expect((await screen.findByRole('alert')).textContent).toBe('This is not known here (any more).');
  });
});

describe('the tables', () => {
  it('carry the exact values of a fill', () => {
    render(<FillsTable fills={[trade({ price: 61_001.25 })]} total={1} decimals={decimals} />);
    const row = screen.getByTestId('fill-row');
    expect(within(row).getByTestId('fill-price').dataset['value']).toBe('61001.25');
    expect(within(row).getByTestId('fill-price').textContent).toBe('61,001.25');
    expect(within(row).getByTestId('fill-side').textContent).toBe('Buy');
  });

  it('open the decision of a signal and of an order, by click or keyboard', () => {
    const explain = vi.fn();
    render(<SignalsTable signals={[signal({ decision_id: 'd1' }), signal({ id: 's2' })]} total={2} decimals={decimals} onExplain={explain} />);
    render(<OrdersTable orders={[order({ decision_id: 'd2' })]} total={1} decimals={decimals} onExplain={explain} />);
    fireEvent.click(screen.getByTestId('explain-signal'));
    fireEvent.click(screen.getByTestId('order-row'));
    expect(explain.mock.calls).toEqual([['d1'], ['d2']]);
    expect(screen.getByText('pending')).toBeTruthy();
  });

  it('say when there is nothing yet', () => {
    render(<FillsTable fills={[]} total={0} decimals={decimals} />);
    expect(screen.getByText('No fills yet.')).toBeTruthy();
  });
});

describe('halting', () => {
  it('asks for a reason first and shows a refusal', async () => {
    const setTradingState = vi.fn(() => Promise.reject(new Error('Your role does not allow this.')));
    render(<AccountBar account={account()} counts={null} role="admin" client={{ setTradingState } as unknown as ApiClient} />);
    fireEvent.click(screen.getByTestId('halt-button'));
    fireEvent.change(screen.getByLabelText('Reason, for the audit trail'), { target: { value: ' news ' } });
    fireEvent.submit(screen.getByTestId('halt-confirm').closest('form') as HTMLFormElement);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('role'));
    expect(setTradingState.mock.calls).toEqual([['HALTED', 'news']]);
  });

  it('is not offered to a viewer', () => {
    render(<AccountBar account={account()} counts={null} role="viewer" client={{} as ApiClient} />);
    expect(screen.queryByTestId('halt-button')).toBeNull();
  });
});

it('flattens provenance into named rows', () => {
  expect(flatten({ race: { winner: 'onnx-runner' }, models: ['a', 'b'], hash: '' })).toEqual([
    ['Race winner', 'onnx-runner'], ['Models', 'a, b'],
  ]);
});
