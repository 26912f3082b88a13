import { expect, it } from 'vitest';
import { addressOf, type Place, placeOf } from './pages';

it.each<[string, Place]>([
  ['', { page: 'overview' }],
  ['#/', { page: 'overview' }],
  ['#/models', { page: 'models' }],
  ['#/models/nbeats', { page: 'models', model: 'nbeats' }],
  ['#/models/nbeats/2', { page: 'models', model: 'nbeats', version: 2 }],
  ['#/jobs', { page: 'jobs' }],
])('reads %s and writes it again', (hash, place) => {
  expect(placeOf(hash)).toEqual(place);
  expect(placeOf(addressOf(place))).toEqual(place);
});

it.each(['#sign-in=x', '#/nowhere', '#/%E0%A4%A', '#//models'])('takes %s for the overview', (hash) => {
  expect(placeOf(hash)).toEqual({ page: 'overview' });
});

it.each(['#/models/nbeats/0', '#/models/nbeats/two', '#/models/nbeats/1e3'])('takes %s for the model without a version', (hash) => {
  expect(placeOf(hash)).toEqual({ page: 'models', model: 'nbeats' });
});
