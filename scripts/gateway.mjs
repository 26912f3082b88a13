// A signed-in connection to the gateway of the running host, for ./aitrader.
import { readFileSync } from 'node:fs';

/** What the gateway refused, in words for people. */
export class Refused extends Error {}

/** Signs in with the link that the host printed; null where the gateway is not part of what runs. */
export async function connect(stateFile) {
  const state = JSON.parse(readFileSync(stateFile, 'utf8'));
  const link = state.resources.flatMap((r) => r.urls ?? []).find((u) => u.url.includes('#sign-in='));
  const backend = state.resources.find((r) => r.name === 'backend')?.urls?.[0]?.url;
  if (!link || !backend) return null;
  const { token } = await ask(backend, '', 'POST', '/api/auth/sign-in', { code: decodeURIComponent(link.url.split('#sign-in=')[1]) });
  return {
    get: (path) => ask(backend, token, 'GET', path),
    post: (path, body) => ask(backend, token, 'POST', path, body ?? {}),
    /** The raw answer, for what is too long to hold. */
    open: async (path) => checked(await send(backend, token, 'GET', path)),
  };
}

const send = (backend, token, method, path, body) => fetch(backend + path, {
  method,
  headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
  body: body && JSON.stringify(body),
  signal: AbortSignal.timeout(path.includes('/export') ? 3_600_000 : 30_000),
}).catch((e) => { throw new Refused(`the gateway at ${backend} does not answer: ${e.cause?.message ?? e.message}`); });

async function checked(answer) {
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(problem.detail ?? problem.title ?? `the gateway answered ${answer.status}`);
}

const ask = async (...request) => (await checked(await send(...request))).json();
