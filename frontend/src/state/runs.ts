import type { Account } from '../api/types';
import type { Change } from './dashboard';

/** The run of an account as messages and rows carry it: empty for the live one. */
export const runOf = (account: Account): string => (account.run === 'live' ? '' : account.run);

/** The run as the REST calls name it. */
export const runName = (run: string): string => (run === '' ? 'live' : run);

/** Whether a message is of the run that is shown: live and replays go on at once, and the monitor tells of all. */
export function isOf(message: Change, run: string | null): boolean {
  if (run === null) {
    return true; // nothing is shown yet
  }

  switch (message.type) {
    case 'tick':
    case 'signal':
    case 'decision':
    case 'order':
    case 'fill':
      return message.data.run === run;
    case 'book':
      return message.lane === undefined || (message.lane === 'live') === (run === '');
    default:
      return true;
  }
}
