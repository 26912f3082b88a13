import { useSyncExternalStore } from 'react';

/** Where in the application a person is; its address is the part of the URL after the hash, so that it can be kept and shared. */
export type Place = { page: 'overview' } | { page: 'models'; model?: string; version?: number } | { page: 'jobs' };

export const overview: Place = { page: 'overview' };

/** The place of an address; the overview for what is none. */
export function placeOf(hash: string): Place {
  const [page, ...rest] = hash.replace(/^#\/?/, '').split('/').map(plain);
  switch (page) {
    case 'models': {
      const [model, version] = rest;
      return {
        page: 'models',
        ...(model ? { model } : {}),
        ...(model && version && /^[1-9]\d*$/.test(version) ? { version: Number(version) } : {}),
      };
    }
    case 'jobs':
      return { page: 'jobs' };
    default:
      return overview;
  }
}

/** The address of a place. */
export function addressOf(place: Place): string {
  const parts = [place.page === 'overview' ? '' : place.page];
  if (place.page === 'models' && place.model) {
    parts.push(place.model, ...(place.version ? [String(place.version)] : []));
  }

  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** The place that the address names, now and whenever it changes. */
export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => window.location.hash));
}

// An address that somebody mangled is no reason to fail.
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
