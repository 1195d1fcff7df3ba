#!/usr/bin/env node
// A feed server in one page, on the `ws` library: it sends a recorded tape as a scoring system would.
//
// It shares no code with leitai; it was written from the protocol's text. Usage:
//   serve_tape.mjs TAPE [--speed X] [--cut N] [--duplicate] [--reorder]
// It prints `listening PORT` when clients may come. Without --speed, events go out as fast as they can.
// `ws` is taken from the folder LEITAI_PEERS, or from beside this file.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const require = createRequire(process.env.LEITAI_PEERS ? `${process.env.LEITAI_PEERS}/` : import.meta.url);
const { WebSocketServer } = require('ws');

const SUBPROTOCOL = 'leitai.v1+json';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    speed: { type: 'string', default: '0' },
    cut: { type: 'string', default: '0' },
    duplicate: { type: 'boolean', default: false },
    reorder: { type: 'boolean', default: false },
  },
});
const speed = Number(options.speed);
let cuts = Number(options.cut);

/** The feed's events in the order of their seq. The first line is the header. */
const events = readFileSync(positionals[0], 'utf8')
  .split('\n')
  .slice(1)
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line))
  .filter((record) => record.lane === 'feed')
  .map((record) => record.env)
  .sort((a, b) => a.seq - b.seq);

const epoch = events[0].epoch;
const opened = performance.now();
/** The server's clock, µs: it shows the tape's first instant when the server starts. */
// It begins at the tape's first instant, or, where all events are sent at once, a minute after the last.
const start = speed > 0 ? events[0].at : events.at(-1).at + 60_000_000;
const now = () => start + Math.round((performance.now() - opened) * 1000);
const until = (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

/** What the flags ask for: pairs in the wrong order, every third event twice. */
function disorder(list) {
  const out = [...list];
  if (options.reorder) {
    for (let n = 0; n + 1 < out.length; n += 2) [out[n], out[n + 1]] = [out[n + 1], out[n]];
  }
  return options.duplicate ? out.flatMap((event, n) => (n % 3 === 0 ? [event, event] : [event])) : out;
}

async function tail(socket, seq) {
  const list = disorder(events.filter((event) => event.seq > seq));
  for (const [n, event] of list.entries()) {
    if (cuts > 0 && n === Math.max(2, Math.floor(events.length / (Number(options.cut) + 2)))) {
      cuts -= 1;
      socket.terminate();
      return;
    }
    if (speed > 0) await until(opened + (event.at - events[0].at) / 1000 / speed - performance.now());
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(event));
  }
  socket.send(JSON.stringify({ type: 'end' }));
  socket.close();
}

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
});

server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (text) => {
    const t1 = now();
    const message = JSON.parse(text);
    if (message.type === 'ping') {
      socket.send(JSON.stringify({ type: 'pong', id: message.id, t0: message.t0, t1, t2: now() }));
    } else if (message.type === 'hello') {
      const resume = message.resume?.epoch === epoch ? message.resume.seq : 0;
      const head = events.length;
      socket.send(
        JSON.stringify({ type: 'welcome', protocol: 1, epoch, head, mode: 'resume', server_time: now() }),
      );
      void tail(socket, resume);
    }
  });
});

server.on('listening', () => console.log('listening', server.address().port));
