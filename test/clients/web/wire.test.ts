import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeFrame, encodeFrame } from '../../../clients/web/src/frame.ts';
import { decodeCheckpoint } from '../../../src/protocol/checkpoint.ts';
import { decodeSlowDown } from '../../../src/protocol/fallback.ts';
import { decodeJoinError } from '../../../src/protocol/join-error.ts';
import { encodeLinkReport } from '../../../src/protocol/link-report.ts';
import { decodeSignal, encodeSignal, type Signal } from '../../../src/protocol/peer-method.ts';
import { propertiesIn, propertyFields } from '../../../src/protocol/properties.ts';
import { decodeSnapshot } from '../../../src/protocol/snapshot.ts';
import { encodeStatus } from '../../../src/protocol/status.ts';

// The frames that both clients read and write alike; test/clients/godot/unit/wire_test.gd is the other half.

interface Frame {
  readonly name: string;
  readonly frame: object;
  // biome-ignore lint/suspicious/noExplicitAny: what a frame means, in the fields of the wire
  readonly means: any;
}

const file = path.resolve(__dirname, '..', '..', '..', 'kit', 'wire', 'frames.json');
const frames: Record<string, readonly Frame[]> = JSON.parse(readFileSync(file, 'utf8'));

const of = (kind: string) => (frames[kind] ?? []).map((each) => [each.name, each] as const);

describe('a signal', () => {
  test.each(of('signals'))('is read and written: %s', (_, { frame, means }) => {
    const text = JSON.stringify(frame);
    const read = decodeSignal(text);
    if (means === null) {
      expect(read).toBeNull();
      return;
    }
    const { offer_number, ...rest } = means;
    const signal = offer_number === undefined ? rest : { ...rest, offerNumber: offer_number };
    expect(read).toMatchObject({ target: 'me', signal });
    expect(JSON.parse(encodeSignal('me', signal as Signal))).toEqual(frame);
  });
});

test.each(of('refusals'))('a refusal is read: %s', (_, { frame, means }) => {
  expect(decodeJoinError(JSON.stringify(frame))).toEqual({ target: 'me', ...means });
});

test.each(of('rooms'))('a room is read: %s', (_, { frame, means }) => {
  const read = decodeSnapshot(JSON.stringify(frame));
  if (read === null || means === null) {
    expect(read).toBe(means);
    return;
  }
  const { you, view, ice } = read;
  expect({
    you,
    code: view.code,
    name: view.name,
    visibility: view.visibility,
    has_password: view.hasPassword,
    properties: propertyFields(view.properties),
    all_ready: view.allReady,
    phase: view.phase,
    topology: view.topology,
    client_version: view.clientVersion,
    min_players: view.minPlayers,
    max_players: view.maxPlayers,
    open_seats: view.openSeats,
    host: view.host && { peer_id: view.host.peerId, term: view.host.term },
    players: view.players.map((player) => ({
      session_id: player.sessionId,
      user_id: player.userId,
      username: player.username,
      peer_id: player.peerId,
      announced: player.announced,
      can: player.can,
      generation: player.generation,
      away_sec: player.awaySec,
      ready: player.ready,
      properties: propertyFields(player.properties),
    })),
    links: view.links.map(({ a, b, state }) => ({ a, b, state })),
    connected: view.connected,
    ice_servers: ice?.iceServers ?? null,
    ice_expires_in: ice?.expiresIn ?? null,
  }).toEqual(means);
});

test.each(of('links'))('a report of a link is written: %s', (_, { frame, means }) => {
  expect(JSON.parse(encodeLinkReport(means.peer, means.state, means))).toEqual(frame);
});

test.each(of('statuses'))('a status is written: %s', (_, { frame, means }) => {
  const properties = propertiesIn(means.properties);
  expect(JSON.parse(encodeStatus({ ...means, properties }))).toEqual(frame);
});

test.each(of('checkpoints'))('a checkpoint is read: %s', (_, { frame, means }) => {
  const read = decodeCheckpoint(JSON.stringify(frame));
  const plain = read && {
    term: read.term,
    sequence: read.sequence,
    text: Buffer.from(read.data, 'base64').toString(),
  };
  expect(plain).toEqual(means);
});

test.each(of('slow_downs'))('what slows down is read: %s', (_, { frame, means }) => {
  expect(decodeSlowDown(JSON.stringify(frame))).toBe(means);
});

test.each(of('data'))('a frame of data is read and written: %s', (_, { frame, means }) => {
  const { base64 } = frame as { base64: string };
  const read = decodeFrame(new Uint8Array(Buffer.from(base64, 'base64')));
  if (read === null || means === null) {
    expect(read).toBe(means);
    return;
  }
  expect({ ...read, data: [...read.data] }).toEqual(means);
  expect(Buffer.from(encodeFrame(read)).toString('base64')).toBe(base64);
});
