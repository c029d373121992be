import type { Bot } from '../support/bot.ts';
import { onBothHosts } from './hosts.ts';
import { createRoom, newBots, refusalOf, settle } from './players.ts';

const ANNOUNCED = { online_match: '1' };
const ROOM = 9010;
const LINK = 9011;

interface RoomView {
  readonly you: string;
  readonly phase: string;
  readonly players: { readonly session_id: string; readonly announced: boolean }[];
  readonly links: { readonly a: string; readonly b: string; readonly state: string }[];
  readonly connected: boolean;
  readonly ice_servers?: object[];
}

/** The next snapshot that is as wanted; those before it are passed over. */
async function nextView(bot: Bot, isWanted: (view: RoomView) => boolean): Promise<RoomView> {
  for (;;) {
    const view = JSON.parse(
      Buffer.from((await bot.nextData(ROOM)).data ?? '', 'base64').toString(),
    ) as RoomView;
    if (isWanted(view)) return view;
  }
}

const report = (bot: Bot, matchId: string, peer: Bot, state: string) =>
  bot.sendData(matchId, LINK, JSON.stringify({ peer: peer.sessionId, state }));

onBothHosts('clients that announce themselves', (world) => {
  test('get the room after every change, and their ICE servers once', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    const first = await nextView(creator, () => true);
    expect(first).toMatchObject({
      you: creator.sessionId,
      phase: 'gathering',
      connected: true,
      ice_servers: [],
    });

    await joiner.join(match_id, ANNOUNCED);
    const both = await nextView(creator, ({ players }) => players.length === 2);
    expect(both.players.map(({ session_id }) => session_id)).toEqual([creator.sessionId, joiner.sessionId]);
    expect(both.ice_servers).toBeUndefined();

    await joiner.leave(match_id);
    await nextView(creator, ({ players }) => players.length === 1);
  });

  test('learn when all are connected, and the host seals only then, or by force', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    await joiner.join(match_id, ANNOUNCED);
    await nextView(joiner, ({ players }) => players.length === 2);
    const sealIt = (force: boolean) => creator.rpc('seal_online_match', { match_id, sealed: true, force });
    expect(await refusalOf(sealIt(false))).toMatch(/^links-pending: \S/);

    report(creator, match_id, joiner, 'connected');
    report(joiner, match_id, creator, 'failed');
    await nextView(creator, ({ links }) => links[0]?.state === 'failed');
    await sealIt(true);
    report(joiner, match_id, creator, 'connected');
    await nextView(creator, ({ connected, phase }) => connected && phase === 'sealed');
    await sealIt(false);
  });

  test('are alone in that: others get none of it, and cannot report', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    await joiner.join(match_id);
    await nextView(creator, ({ players }) => players.length === 2);
    report(joiner, match_id, creator, 'connected');
    await settle(creator, joiner);
    expect(joiner.all('match_data').map(({ op_code }) => op_code)).toEqual(['9002']);
    report(creator, match_id, joiner, 'connected');
    await nextView(creator, ({ connected }) => connected);
  });
});
