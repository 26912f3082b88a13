import { expect, it } from 'vitest';
import { dateTime, decimalsOf, price, quantity, signed, time, words } from './format';

it('counts the digits after the point', () => {
  expect([61_000, 61_000.1, 1.08251, 1e-7, 0.123456789].map(decimalsOf)).toEqual([0, 1, 5, 7, 8]);
});

it('writes prices, quantities and signed amounts', () => {
  expect(price(61_000.1, 2)).toBe('61,000.10');
  expect(price(null)).toBe('–');
  expect(quantity(0.00010000)).toBe('0.0001');
  expect(signed(-3.456)).toBe('−3.46');
  expect(signed(2)).toBe('+2.00');
  expect(signed(-0.001)).toBe('0.00');
});

it('writes times in UTC', () => {
  expect(time('2024-08-08T23:54:15.030314Z')).toBe('23:54:15.030');
  expect(dateTime('2024-08-08T23:54:15.030314Z')).toBe('2024-08-08 23:54:15');
  expect(time('yesterday')).toBe('–');
});

it('turns names into words', () => {
  expect(words('ema_cross')).toBe('EMA cross');
  expect(words('PARTIALLY_FILLED'.toLowerCase())).toBe('Partially filled');
  expect(words('onnx-runner')).toBe('ONNX runner');
  expect(words('cdl_three_white_soldiers')).toBe('Three white soldiers');
});
