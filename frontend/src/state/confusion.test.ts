import { expect, it } from 'vitest';
import { confusionOf, plainMetrics } from './confusion';

const metrics = { accuracy: 0.8, up_said_up: 5, up_said_down: 1, down_said_down: 4, f1_up: null };

it('reads the matrix of classes; a cell that the card leaves out is 0', () => {
  expect(confusionOf(metrics)).toEqual({ classes: ['up', 'down'], counts: [[5, 1], [0, 4]] });
});

it('has no matrix of what is no classifier', () => {
  expect(confusionOf({ loss: 1 })).toBeNull();
});

it('keeps the other figures', () => {
  expect(plainMetrics(metrics)).toEqual([['accuracy', 0.8], ['f1_up', null]]);
});
