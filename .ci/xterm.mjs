// Plays what was written to a terminal into xterm.js, which honours the C1 control characters that others ignore, and
// wants it to show what the first emulator showed, to be asked for no clipboard, link or title but ours, and to have
// nothing of an attack carried out. Arguments: the folder of recordings, see cmd/attestree/hostile_screen_test.go.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , folder, modules] = process.argv;
const { Terminal } = createRequire(join(modules, 'x'))('@xterm/headless');

const screenOf = (terminal) => {
  const rows = [];
  for (let y = 0; y < terminal.rows; y++) {
    rows.push(terminal.buffer.active.getLine(terminal.buffer.active.baseY + y).translateToString(true));
  }
  return rows;
};

// The first emulator leaves out accents where it draws a row again; they act on nothing.
const plain = (row) => row.replace(/\p{M}/gu, '').trimEnd();

const play = async ({ columns, rows, written }) => {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const asked = [];
  for (const number of [0, 1, 2, 4, 7, 8, 9, 50, 52, 777, 1337]) {
    terminal.parser.registerOscHandler(number, (data) => { asked.push(`OSC ${number};${data}`); return false; });
  }
  terminal.parser.registerDcsHandler({ final: 'q' }, (data) => { asked.push(`DCS q ${data}`); return false; });
  terminal.onTitleChange((title) => asked.push(`title ${title}`));
  terminal.onBell(() => asked.push('bell'));
  await new Promise((done) => terminal.write(new Uint8Array(Buffer.from(written, 'base64')), done));
  return { asked, screen: screenOf(terminal) };
};

const ours = new Set(['OSC 2;attestree', 'title attestree']);
let failed = 0;
const complain = (name, text) => { failed++; console.error(`${name}: ${text}`); };

// The check's own: raw C1 must be carried out here, or nothing is proven by it being absent.
const proof = await play({ columns: 80, rows: 2, written: Buffer.from('honest\u009b1;1HOWNED\u009d52;c;T1dORUQ=\u009c').toString('base64') });
if (proof.screen[0] !== 'OWNEDt' || !proof.asked.includes('OSC 52;c;T1dORUQ=')) {
  complain('self-test', `this emulator does not honour C1: ${JSON.stringify(proof)}`);
}

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
if (files.length < 20) complain('recordings', `only ${files.length}`);
for (const file of files) {
  const recording = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { asked, screen } = await play(recording);
  for (const what of asked) if (!ours.has(what)) complain(recording.name, `the terminal was asked for ${JSON.stringify(what)}`);
  // What is lines of text, and not a screen, is broken by the terminal, and emulators differ in where.
  if (recording.lines) continue;
  const want = recording.screen.split('\n');
  screen.forEach((row, y) => {
    if (plain(row) !== plain(want[y] ?? '')) complain(recording.name, `row ${y}\n  xterm ${row}\n  first ${want[y]}`);
  });
  if (screen.length && screen[0].trimStart().startsWith('OWNED')) complain(recording.name, 'an attack was carried out');
}
console.log(`${files.length} views, ${failed} complaints`);
process.exit(failed ? 1 : 0);
