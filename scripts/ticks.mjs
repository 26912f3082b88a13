// ./aitrader export and gaps: stored ticks through the gateway. usage: node ticks.mjs STATE-FILE export|gaps [OPTIONS]
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { connect, Refused } from './gateway.mjs';

const [file, command, ...args] = process.argv.slice(2);
const usage = (text) => { console.error(`aitrader: ${text}`); process.exit(2); };

function options(known, required) {
  const found = {};
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    if (!args[i].startsWith('--') || !known.includes(name)) usage(`unknown option: ${args[i]}`);
    found[name] = args[i + 1] ?? usage(`--${name} needs a value`);
  }
  for (const name of required) if (found[name] === undefined) usage(`--${name} is missing; \`./aitrader ${command} --help\` explains it`);
  return found;
}

const query = (given, names) => new URLSearchParams(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]])).toString();

// On a terminal one line that is drawn again; elsewhere only the end is told.
function counter(what) {
  let bytes = 0;
  let shown = 0;
  const started = performance.now();
  const say = (end) => {
    const seconds = (performance.now() - started) / 1000;
    const text = `${what}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}${end ? '\n' : ''}`);
    else if (end) console.log(text);
  };
  return new Transform({
    transform(chunk, _, done) {
      bytes += chunk.length;
      if (process.stdout.isTTY && performance.now() - shown > 200) { shown = performance.now(); say(false); }
      done(null, chunk);
    },
    flush(done) { say(true); done(); },
  });
}

async function exportTicks(gateway) {
  const given = options(['symbol', 'from', 'to', 'format', 'out', 'run'], ['symbol', 'from', 'to', 'out']);
  given.format ??= /\.parquet$/i.test(given.out) ? 'parquet' : 'csv';
  const answer = await gateway.open(`/api/v1/ticks/export?${query(given, ['symbol', 'from', 'to', 'format', 'run'])}`);
  const part = `${given.out}.part`;
  const plain = given.format === 'csv' && !/\.gz$/i.test(given.out) ? [createGunzip()] : [];
  try {
    await pipeline(Readable.fromWeb(answer.body), ...plain, counter(given.out), createWriteStream(part));
    renameSync(part, given.out);
  } catch (e) {
    rmSync(part, { force: true });
    throw new Refused(`the export broke off: ${e.message}`);
  }
}

async function gaps(gateway) {
  const given = options(['symbol', 'from', 'to', 'threshold', 'run'], ['from', 'to']);
  const told = await gateway.get(`/api/v1/ticks/gaps?${query(given, ['symbol', 'from', 'to', 'threshold', 'run'])}`);
  if (told.run === null) { console.log('no ticks are stored in this range'); return; }
  console.log(`${told.run ? `run ${told.run}` : 'live recording'}; pauses above ${told.threshold_seconds} s`);
  for (const day of told.days) {
    const holes = day.sequence_gaps === null ? 'not numbered' : `${day.sequence_gaps} holes with ${day.missing_ticks} missing`;
    console.log(`${day.day}: ${day.ticks} ticks, sequence: ${holes}`);
    for (const hole of day.sequence) console.log(`    ${hole.after + 1} to ${hole.next - 1} missing, between ${hole.from} and ${hole.to}`);
    for (const s of day.symbols) {
      console.log(`  ${s.symbol.padEnd(16)} ${String(s.ticks).padStart(9)} ticks, ${s.first ?? '-'} to ${s.last ?? '-'}, ${s.time_gaps} pauses, ${s.duplicates} duplicates, ${s.out_of_order} out of order, ${s.out_of_session} out of session`);
      for (const session of s.missing_sessions) console.log(`    no tick of the session ${session.from} to ${session.to}`);
      for (const gap of s.longest_gaps) console.log(`    ${((Date.parse(gap.to) - Date.parse(gap.from)) / 1000).toFixed(3)} s without a tick, ${gap.from} to ${gap.to}`);
    }
  }
}

async function main() {
  const gateway = await connect(file) ?? usage('the gateway does not run');
  await (command === 'export' ? exportTicks(gateway) : gaps(gateway));
}

main().catch((e) => {
  console.error(`aitrader: ${e instanceof Refused ? e.message : e.stack}`);
  process.exitCode = 1;
});
