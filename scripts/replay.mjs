// ./aitrader replay: controls the replay through the gateway. usage: node replay.mjs STATE-FILE COMMAND [ARGUMENTS]
import { existsSync, realpathSync } from 'node:fs';
import { connect, Refused } from './gateway.mjs';

const [file, command = 'status', ...rest] = process.argv.slice(2);
const root = '/api/v1/replay';
const active = new Set(['loading', 'running', 'paused', 'stopping']);
const usage = (text) => { console.error(`aitrader: ${text}`); process.exit(2); };

// A time without an offset is UTC, as everywhere in this project.
const utc = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : /(Z|[+-]\d{2}:\d{2})$/i.test(text) ? text : `${text}Z`);

const duration = (seconds) => {
  const s = Math.round(seconds);
  return s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
};

function words(r) {
  if (r.state === 'idle') return ['no replay'];
  const late = r.lateness_ms ? `, late p50 ${r.lateness_ms.p50} ms p99 ${r.lateness_ms.p99} ms max ${r.lateness_ms.max} ms mean ${r.lateness_ms.mean} ms, drift ${r.lateness_ms.drift} ms` : '';
  const speed = r.speed === 'max' ? 'full speed' : r.speed ? `${r.speed}x` : 'speed unknown';
  const round = r.loop ? `, round ${r.round}` : '';
  return [
    `${r.state} ${(100 * r.progress).toFixed(1)} %`,
    `${r.published}${r.total ? ` of ${r.total}` : ''} ticks`,
    r.event_time ?? 'no tick yet',
    `${speed}${round}${r.eta_seconds == null ? '' : `, ${duration(r.eta_seconds)} left`}${late}`,
  ];
}

function show(r) {
  console.log(words(r).join(', '));
  if (r.run) console.log(`  run ${r.run} of ${r.source}`);
  if (r.from) console.log(`  content from ${r.from} to ${r.to}`);
  if (r.watermarks && Object.keys(r.watermarks).length) console.log('  ' + Object.entries(r.watermarks).map(([stage, seq]) => `${stage} ${seq}`).join(', '));
  if (r.error) console.log(`  ${r.error}`);
}

function bar(r) {
  const wide = Math.max(10, Math.min(40, (process.stdout.columns ?? 80) - 60));
  const done = Math.round(wide * r.progress);
  const line = `[${'='.repeat(done)}${' '.repeat(wide - done)}] ${words(r).join(' ')}`;
  process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
}

// On a terminal one line that is drawn again; elsewhere a line whenever the state changes, and every few seconds.
async function follow(gateway) {
  let last = '';
  let at = 0;
  for (;;) {
    const r = await gateway.get(root);
    if (process.stdout.isTTY) bar(r);
    else if (r.state !== last || performance.now() - at > 5000) { console.log(words(r).join(', ')); at = performance.now(); }
    last = r.state;
    if (!active.has(r.state)) {
      if (process.stdout.isTTY) process.stdout.write('\n');
      if (r.error) console.log(r.error);
      return r.state === 'failed' ? 1 : 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function start(args) {
  const body = { speed: '1', loop: false };
  const what = [];
  let watch = false;
  while (args.length) {
    const arg = args.shift();
    if (arg === '--speed') body.speed = args.shift() ?? usage('--speed needs a number from 0.1 to 1000, or max');
    else if (arg === '--loop') body.loop = true;
    else if (arg === '--follow' || arg === '-f') watch = true;
    else if (arg.startsWith('-')) usage(`unknown option: ${arg}`);
    else what.push(arg);
  }
  if (!what.length) usage('name what to replay: files, data sets, or ticks:SYMBOL,...@FROM/TO');
  if (what[0].startsWith('ticks:')) {
    const [, symbols, from, to, run] = /^ticks:([^@]+)@([^/]+)\/([^@]+)(?:@(.*))?$/.exec(what[0]) ?? usage(`'${what[0]}' is not ticks:SYMBOL,...@FROM/TO[@RUN]`);
    body.ticks = { symbols: symbols.split(','), from: utc(from), to: utc(to), ...(run !== undefined && { run }) };
  } else {
    body.paths = what.map((path) => (existsSync(path) ? realpathSync(path) : path));
  }
  return [body, watch];
}

// 50% or 0.5 is a share, 12000 a tick, 23:56:00 a time of the day that the content begins on, anything longer a whole time.
async function target(text, gateway) {
  if (text === undefined) usage('seek needs a place: 50%, a tick number, 23:56:00 or 2024-08-08T23:56:00Z');
  if (/^\d+(\.\d+)?%$/.test(text)) return { fraction: Number.parseFloat(text) / 100 };
  if (/^\d+$/.test(text)) return { seq: Number(text) };
  if (/^\d*\.\d+$/.test(text)) return { fraction: Number(text) };
  if (/^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) {
    const { from } = await gateway.get(root);
    if (!from) usage('no replay is under way');
    return { time: `${from.slice(0, 10)}T${text.padStart(text.indexOf(':') === 1 ? text.length + 1 : 0, '0')}${text.split(':').length === 2 ? ':00' : ''}Z` };
  }
  return { time: utc(text) };
}

async function main() {
  const gateway = await connect(file) ?? usage('the gateway does not run');
  switch (command) {
    case 'status':
      if (rest.length && rest[0] !== '-f' && rest[0] !== '--follow') usage(`unknown option: ${rest[0]}`);
      if (rest.length) return follow(gateway);
      show(await gateway.get(root));
      return 0;
    case 'start': {
      const [body, watch] = start(rest);
      await gateway.post(root, body);
      if (watch) return follow(gateway);
      console.log(`starting ${body.paths?.join(' and ') ?? 'stored ticks'} at ${body.speed === 'max' ? 'full speed' : `${body.speed}x`}; \`./aitrader replay\` shows how far it is`);
      return 0;
    }
    case 'pause': case 'resume': case 'stop':
      show(await gateway.post(`${root}/${command}`));
      return 0;
    case 'seek':
      show(await gateway.post(`${root}/seek`, await target(rest[0], gateway)));
      return 0;
    case 'speed':
      show(await gateway.post(`${root}/speed`, { speed: rest[0] ?? usage('speed needs a number from 0.1 to 1000, or max') }));
      return 0;
    case 'loop':
      if (rest[0] !== 'on' && rest[0] !== 'off') usage('loop needs on or off');
      show(await gateway.post(`${root}/loop`, { loop: rest[0] === 'on' }));
      return 0;
    default:
      return usage(`unknown command: replay ${command}`);
  }
}

main().then((code) => { process.exitCode = code; }, (e) => {
  console.error(`aitrader: ${e instanceof Refused ? e.message : e.stack}`);
  process.exitCode = 1;
});
