import { RTCPeerConnection } from './client-player.ts';
import { type End, LinkedPair, until } from './linked-pair.ts';
import { isSilent, sounds, Tone } from './tone.ts';

// Tracks over a real WebRTC, whose signals take 100 ms.

const DELAY_MS = 100;
let pair: LinkedPair;
const tones: Tone[] = [];

beforeEach(() => {
  pair = new LinkedPair({ RTCPeerConnection, carry: (arrive) => void setTimeout(arrive, DELAY_MS) });
});

afterEach(() => {
  pair.close();
  for (const tone of tones.splice(0)) tone.stop();
});

function tone(): Tone {
  const made = new Tone();
  tones.push(made);
  return made;
}

async function linked(): Promise<readonly [End, End]> {
  pair.open();
  await until(() => pair.ends.every(({ link }) => link.state === 'connected'));
  return pair.ends;
}

/** Waits for the one track of the other end, until it sounds. */
async function hears(end: End): Promise<MediaStreamTrack> {
  const track = await until(() => [...end.heard][0]);
  await sounds(track);
  return track;
}

test('both add a track in one tick: both hear it, over the connection that was there, whose data goes on', async () => {
  const [one, other] = await linked();
  const connections = pair.ends.map(({ connection }) => connection);
  let sent = 0;
  const talking = setInterval(() => {
    sent++;
    one.link.send(`${sent}`, true);
    other.link.send(`${sent}`, true);
  }, 5);
  for (const end of pair.ends) end.add(tone().track);
  await Promise.all(pair.ends.map(hears));
  clearInterval(talking);
  const all = Array.from({ length: sent }, (_, index) => `${index + 1}`);
  for (const end of pair.ends) {
    await until(() => end.got.length === sent);
    expect(end.got).toEqual(all);
    expect(end.connection.signalingState).toBe('stable');
    expect(end.states).toEqual(['connected direct', 'connected direct']);
    expect(end.errors).toEqual([]);
  }
  expect(pair.ends.map(({ connection }) => connection)).toEqual(connections);
});

test.each([0, 1] as const)(
  'a track that end %s has from the start is heard as soon as the link is up',
  async (at) => {
    pair.ends[at].add(tone().track);
    await linked();
    await hears(pair.ends[at === 0 ? 1 : 0]);
  },
);

test('what is removed is over at the other end, and the same place takes the next one', async () => {
  const [one, other] = await linked();
  const first = tone().track;
  one.add(first);
  const heard = await hears(other);
  other.add(tone().track);
  await hears(one);

  one.remove(first);
  await isSilent(heard);
  await until(() => other.heard.size === 0);
  await sounds([...one.heard][0] as MediaStreamTrack);
  one.add(tone().track);
  await hears(other);
  for (const end of pair.ends) {
    expect(end.connection.getTransceivers()).toHaveLength(1);
    expect(end.states).toEqual(['connected direct', 'connected direct']);
  }
});

test('several tracks come each as one', async () => {
  const [one, other] = await linked();
  for (const end of pair.ends) for (const track of [tone().track, tone().track]) end.add(track);
  await until(() => pair.ends.every(({ heard }) => heard.size === 2));
  for (const track of [...one.heard, ...other.heard]) await sounds(track);
});

test('a new connection carries the tracks of the one before', async () => {
  const [one, other] = await linked();
  for (const end of pair.ends) end.add(tone().track);
  const before = await Promise.all(pair.ends.map(hears));
  one.link.negotiation.reconnect();
  await until(() => pair.ends.every(({ begun, heard }) => begun === 2 && heard.size === 1));
  for (const [at, end] of [one, other].entries()) expect(await hears(end)).not.toBe(before[at]);
});

test.each([0, 1] as const)('an ICE restart while end %s adds a track loses neither', async (at) => {
  const [one] = await linked();
  const { connection } = one;
  pair.ends[at].add(tone().track);
  one.link.negotiation.restart();
  await hears(pair.ends[at === 0 ? 1 : 0]);
  expect(one.connection).toBe(connection);
  expect(one.sent.filter(({ kind }) => kind === 'description').length).toBeLessThan(5);
});
