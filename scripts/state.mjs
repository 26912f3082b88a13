// Reads the local host's state file for ./aitrader, and speaks to its control socket. usage: node state.mjs STATE-FILE pid|pids|ready|table|progress|send [COMMAND RESOURCE]
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { connect } from './gateway.mjs';

const [file, what, ...rest] = process.argv.slice(2);
const state = JSON.parse(readFileSync(file, 'utf8'));

const shortState = (r) =>
  r.state === 'Running' ? (r.health ?? 'Running').toLowerCase()
    : r.state === 'Exited' ? `exited (${r.exit_code})`
      : r.state === 'FailedToStart' ? 'failed to start'
        : r.state === 'NotStarted' ? 'not started'
          : r.state.toLowerCase();

function table() {
  const rows = state.resources.map((r) => [r.id, shortState(r), r.pid ?? '', (r.urls ?? []).filter((u) => !u.text).map((u) => u.url).join(' '), r.problem ?? '']);
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => String(row[i]).length), 4));
  for (const row of rows) {
    console.log('  ' + row.map((cell, i) => (i < 4 ? String(cell).padEnd(widths[i]) : String(cell).split('\n')[0])).join('  ').trimEnd());
  }

  for (const link of state.resources.flatMap((r) => r.urls ?? []).filter((u) => u.text)) {
    console.log(`\n  ${link.text}: ${link.url}`);
  }
}

async function progress() {
  const gateway = await connect(file);
  if (!gateway) return;
  const status = await gateway.get('/api/status');
  const n = status.counts;
  console.log(`\n  ${n.ticks} ticks, ${n.signals} signals, ${n.decisions} decisions, ${n.orders} orders, ${n.fills} fills`);
  if (status.account) {
    const a = status.account;
    console.log(`  cash ${a.cash} ${a.currency}, equity ${a.equity}, realised ${a.realised_pnl}, unrealised ${a.unrealised_pnl}, fees ${a.fees}, trading ${a.trading_state}`);
  }

  if (status.replay) {
    const r = status.replay;
    const share = r.total ? ` (${((100 * r.published) / r.total).toFixed(1)} %)` : '';
    console.log(`  replay ${r.run}: ${r.state}, ${r.published}${r.total ? ` of ${r.total}` : ''} ticks${share}, event time ${r.event_time ?? 'none yet'}, speed ${r.speed}`);
  }
}

function send(command, resource) {
  const socket = createConnection(state.control);
  socket.setTimeout(60_000, () => socket.destroy(new Error('the host did not answer')));
  socket.on('error', (e) => { console.error(`aitrader: ${e.message}`); process.exitCode = 1; });
  socket.on('connect', () => socket.write(JSON.stringify({ command, resource }) + '\n'));
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
    if (!answer.includes('\n')) return;
    socket.end();
    const { ok, error } = JSON.parse(answer);
    if (!ok) { console.error(`aitrader: ${error}`); process.exitCode = 1; }
  });
}

switch (what) {
  case 'pid': console.log(state.pid); break;
  case 'pids': console.log(state.resources.map((r) => r.pid).filter(Boolean).join(' ')); break;
  case 'ready': console.log(state.ready ? 'ready' : state.failure ?? ''); break;
  case 'table': table(); break;
  case 'progress': await progress().catch(() => {}); break;
  case 'send': send(...rest); break;
  default: console.error(`state.mjs: what is '${what}'?`); process.exitCode = 2;
}
