import { bareTicket, matched } from '../../kit/contract/tickets.ts';
import type { Actor } from '../../kit/relayed-game/actor.ts';
import { type Script, Stage } from '../../kit/relayed-game/stage.ts';
import type { RealHost } from '../../kit/servers/real-nakama.ts';
import { withNakama, withoutModule } from '../addon/world.ts';

/**
 * A game on nakama-js that has nothing to do with the addon, played on a stock Nakama and on one with this module
 * at its default settings: every player is sent the same, but for what transcript.ts says.
 */

const GREETING = 1;
const MOVE = 7;

/** Opcodes that the addon or this module use too. */
const SHARED = [9001, 9002, 9003, 9004, 9010, 9011];

const BINARY = [0, 255, 1, 254, 123, 34];

type Trio = [Actor, Actor, Actor];

/** Three in a match that the first made, who has not said anything. */
async function gather(stage: Stage, names = ['anna', 'ben', 'carl']): Promise<[string, ...Trio]> {
  const cast = (await stage.enter(...names)) as Trio;
  const matchId = await stage.create(cast[0]);
  for (const joiner of cast.slice(1)) await stage.join(joiner, matchId);
  return [matchId, ...cast];
}

const crowd = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `p${String(from + i).padStart(2, '0')}`);

async function exchange(stage: Stage, players: readonly Actor[]): Promise<void> {
  for (const player of players) await stage.send(player, MOVE, `${player.name} moves`);
}

const scenes: Record<string, Script> = {
  'others join one by one, and nobody speaks': async (stage) => {
    await gather(stage);
  },
  'nobody speaks, and all leave': async (stage) => {
    const [matchId, ...cast] = await gather(stage);
    for (const actor of [...cast].reverse()) await stage.leave(actor, matchId);
  },
  'the creator speaks first': async (stage) => {
    const [, anna, ben, carl] = await gather(stage);
    await stage.send(anna, GREETING, 'hello');
    await exchange(stage, [ben, carl, anna]);
  },
  'a joiner speaks first': async (stage) => {
    const [, anna, ben, carl] = await gather(stage);
    await stage.send(ben, GREETING, 'hello');
    await exchange(stage, [carl, anna, ben]);
  },
  'the creator speaks before anybody is there': async (stage) => {
    const [anna, ben] = (await stage.enter('anna', 'ben')) as [Actor, Actor];
    const matchId = await stage.create(anna);
    await stage.send(anna, GREETING, 'is anybody there?');
    await stage.join(ben, matchId);
    await exchange(stage, [ben, anna]);
  },
  'opcodes that the addon has too': async (stage) => {
    const [, ...cast] = await gather(stage);
    for (const actor of cast) {
      for (const op of SHARED) {
        await stage.send(actor, op, `{"op":${op}}`);
        await stage.send(actor, op, BINARY);
        await stage.send(actor, op, '');
      }
    }
  },
  'opcodes of all sizes': async (stage) => {
    const [, ...cast] = await gather(stage);
    for (const actor of cast) {
      for (const op of [0, 1, 100, 9000, 9050, 65_536, 2_147_483_647, -1]) await stage.send(actor, op, 'x');
    }
  },
  'data of all sizes': async (stage) => {
    const [, ...cast] = await gather(stage);
    for (const actor of cast) {
      await stage.send(actor, MOVE, '');
      await stage.send(actor, MOVE, 'x'.repeat(20_000));
      await stage.send(actor, MOVE, 'x'.repeat(40_000));
    }
  },
  'much in one moment arrives in order': async (stage) => {
    const [, anna, ben] = await gather(stage);
    await Promise.all(Array.from({ length: 50 }, (_, i) => stage.send(anna, MOVE, `${i}`)));
    await Promise.all(Array.from({ length: 50 }, (_, i) => stage.send(ben, MOVE, `${i}`)));
  },
  'data for some': async (stage) => {
    const [, anna, ben, carl] = await gather(stage);
    await stage.send(ben, MOVE, 'for carl', [carl]);
    await stage.send(carl, MOVE, 'for anna', [anna]);
    await stage.send(anna, MOVE, 'for both', [ben, carl]);
    await stage.send(anna, MOVE, 'for herself', [anna]);
    await stage.send(ben, 9001, 'for carl', [carl]);
  },
  'many join at once': async (stage) => {
    const [anna, ...others] = (await stage.enter(...crowd(8))) as [Actor, ...Actor[]];
    const matchId = await stage.create(anna);
    await stage.joinAtOnce(others, matchId);
    await exchange(stage, [anna, ...others]);
  },
  'twenty join, before anybody speaks': async (stage) => {
    const [anna, ...others] = (await stage.enter(...crowd(20))) as [Actor, ...Actor[]];
    const matchId = await stage.create(anna);
    for (const joiner of others) await stage.join(joiner, matchId);
    await exchange(stage, [others.at(-1) as Actor, anna]);
  },
  'the 17th to the 20th come when others have spoken': async (stage) => {
    const [anna, ...others] = (await stage.enter(...crowd(16))) as [Actor, ...Actor[]];
    const matchId = await stage.create(anna);
    for (const joiner of others) await stage.join(joiner, matchId);
    await stage.send(anna, GREETING, 'hello');
    const late = await stage.enter(...crowd(4, 16));
    for (const joiner of late) await stage.join(joiner, matchId);
    await exchange(stage, late);
  },
  'a joiner leaves and comes back': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await stage.send(anna, GREETING, 'hello');
    await stage.leave(ben, matchId);
    await exchange(stage, [anna, carl]);
    await stage.join(ben, matchId);
    await exchange(stage, [ben, anna, carl]);
  },
  'a joiner leaves and comes back before anybody speaks': async (stage) => {
    const [matchId, anna, ben] = await gather(stage);
    await stage.leave(ben, matchId);
    await stage.join(ben, matchId);
    await exchange(stage, [ben, anna]);
  },
  'the creator leaves before anybody speaks, and the others go on': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await stage.leave(anna, matchId);
    await exchange(stage, [ben, carl]);
    const [dora] = (await stage.enter('dora')) as [Actor];
    await stage.join(dora, matchId);
    await exchange(stage, [dora, ben]);
  },
  'the creator leaves when all have spoken, and the others go on': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await exchange(stage, [anna, ben, carl]);
    const [dora] = (await stage.enter('dora')) as [Actor];
    await stage.join(dora, matchId);
    await stage.leave(anna, matchId);
    await exchange(stage, [ben, carl, dora]);
    const [emil] = (await stage.enter('emil')) as [Actor];
    await stage.join(emil, matchId);
    await exchange(stage, [emil, ben]);
  },
  'the creator leaves and comes back': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await exchange(stage, [anna, ben]);
    await stage.leave(anna, matchId);
    await exchange(stage, [ben, carl]);
    await stage.join(anna, matchId);
    await exchange(stage, [anna, ben, carl]);
  },
  'the creator joins the match it is in': async (stage) => {
    const [matchId, anna, ben] = await gather(stage);
    await exchange(stage, [anna, ben]);
    await stage.during('anna joins again', () => anna.player.socket.joinMatch(matchId));
    await exchange(stage, [anna, ben]);
  },
  'a joiner joins the match it is in': async (stage) => {
    const [matchId, anna, ben] = await gather(stage);
    await exchange(stage, [anna, ben]);
    await stage.during('ben joins again', () => ben.player.socket.joinMatch(matchId));
    await exchange(stage, [anna, ben]);
  },
  'a joiner is cut off and comes back on a new socket': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await exchange(stage, [anna, ben]);
    await stage.cut(ben);
    await exchange(stage, [anna, carl]);
    const [again] = (await stage.enter("ben'")) as [Actor];
    await stage.join(again, matchId);
    await exchange(stage, [again, anna]);
  },
  'the creator is cut off and comes back on a new socket': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await exchange(stage, [anna, ben]);
    await stage.cut(anna);
    await exchange(stage, [ben, carl]);
    const [again] = (await stage.enter("anna'")) as [Actor];
    await stage.join(again, matchId);
    await exchange(stage, [again, ben]);
  },
  'all leave, and the match is gone': async (stage) => {
    const [matchId, anna, ben, carl] = await gather(stage);
    await exchange(stage, [anna, ben]);
    for (const actor of [anna, ben, carl]) await stage.leave(actor, matchId);
    await stage.refused('ben comes back too late', ben.player.socket.joinMatch(matchId));
  },
  'a creator who is alone leaves, and the match is gone': async (stage) => {
    const [anna] = (await stage.enter('anna')) as [Actor];
    const matchId = await stage.create(anna);
    await stage.leave(anna, matchId);
    await stage.refused('anna comes back too late', anna.player.socket.joinMatch(matchId));
  },
  'a player makes one match after the other': async (stage) => {
    const [anna, ben] = (await stage.enter('anna', 'ben')) as [Actor, Actor];
    for (let round = 0; round < 3; round++) {
      const matchId = await stage.create(anna);
      await stage.join(ben, matchId);
      await exchange(stage, [ben, anna]);
      await stage.leave(ben, matchId);
      await stage.leave(anna, matchId);
    }
  },
  'a named match': async (stage) => {
    const [anna, ben, carl] = (await stage.enter('anna', 'ben', 'carl')) as Trio;
    const matchId = await stage.create(anna, 'meadow');
    await stage.join(ben, matchId);
    await stage.join(carl, matchId);
    await stage.send(ben, 9001, '{}');
    await exchange(stage, [anna, ben, carl]);
    await stage.leave(anna, matchId);
    await stage.join(anna, matchId);
    await exchange(stage, [anna, ben]);
  },
  'the matchmaker, and who comes later by the id': async (stage) => {
    const [anna, ben, carl] = (await stage.enter('anna', 'ben', 'carl')) as Trio;
    const matchId = await search(stage, [anna, ben], ({ player }, { query, properties }) =>
      player.socket.addMatchmaker(query, 2, 2, properties, { rank: 3 }),
    );
    await exchange(stage, [anna, ben]);
    await stage.join(carl, matchId);
    await stage.leave(ben, matchId);
    await stage.join(ben, matchId);
    await stage.send(ben, 9001, '{}');
    await exchange(stage, [carl, anna, ben]);
    await stage.cut(anna);
    const [again] = (await stage.enter("anna'")) as [Actor];
    await stage.join(again, matchId);
    await exchange(stage, [again, carl]);
  },
  'a party in the matchmaker': async (stage) => {
    const [anna, ben, carl] = (await stage.enter('anna', 'ben', 'carl')) as Trio;
    const whoIsIn = (actor: Actor) =>
      actor.next(({ party_presence_event: event }) => event !== undefined, 'who is in the party');
    const { party_id } = await stage.during('anna makes a party', async () => {
      const made = await anna.player.socket.createParty(true, 4);
      await whoIsIn(anna);
      return made;
    });
    stage.call(party_id, 'the party');
    await stage.during('ben joins it', async () => {
      await ben.player.socket.joinParty(party_id);
      await ben.next(({ party }) => party !== undefined, 'the party');
      await Promise.all([anna, ben].map(whoIsIn));
    });
    await search(
      stage,
      [anna, carl],
      ({ name, player: { socket } }, { query, properties }) =>
        name === 'anna'
          ? socket.addMatchmakerParty(party_id, query, 3, 3, properties)
          : socket.addMatchmaker(query, 3, 3, properties),
      [ben],
    );
    await exchange(stage, [anna, ben, carl]);
  },
  'what is refused': async (stage) => {
    const [matchId, anna, , carl] = await gather(stage);
    await exchange(stage, [anna]);
    const [dora] = (await stage.enter('dora')) as [Actor];
    const nowhere = '00000000-0000-4000-8000-000000000000.';
    const { socket } = dora.player;
    await stage.refused('dora joins what is not', socket.joinMatch(nowhere));
    await stage.refused('dora joins nonsense', socket.joinMatch('nonsense'));
    await stage.refused('dora joins nothing', socket.joinMatch(''));
    await stage.during('dora sends to where she is not', async () => {
      await socket.sendMatchState(matchId, MOVE, 'x');
      await socket.sendMatchState(nowhere, MOVE, 'x');
      await socket.sendMatchState('nonsense', MOVE, 'x');
      await dora.next(({ error }) => error !== undefined, 'an error');
    });
    await stage.refused('dora searches badly', socket.addMatchmaker('a:b:c', 2, 2));
    await stage.refused('dora searches for nobody', socket.addMatchmaker('*', 1, 2));
    await stage.during('dora leaves what she is not in', () => socket.leaveMatch(matchId));
    await exchange(stage, [carl, anna]);
  },
};

let pools = 0;

interface Ticket {
  readonly query: string;
  readonly properties: Record<string, string>;
}

/** These search, and all that are found, `more` too, join with the token; the id of their match. */
async function search(
  stage: Stage,
  searching: readonly Actor[],
  add: (actor: Actor, ticket: Ticket) => Promise<unknown>,
  more: readonly Actor[] = [],
): Promise<string> {
  const pool = `game${++pools}`;
  stage.call(pool, 'a pool');
  const ticket = { query: `+properties.pool:${pool}`, properties: { pool } };
  const tokens = await stage.during('they are matched', async () => {
    for (const actor of searching) await add(actor, ticket);
    return Promise.all(
      [...searching, ...more].map(async (actor) => {
        const { matchmaker_matched: found } = await actor.next(
          (each) => each.matchmaker_matched !== undefined,
          'others',
        );
        actor.self = found?.self.presence;
        return [actor, found?.token ?? '', found?.match_id ?? ''] as const;
      }),
    );
  });
  let matchId = '';
  for (const [actor, token, id] of tokens) matchId = await stage.join(actor, id, token);
  return matchId;
}

/** What a server sends of its own accord comes within a second or two: as long as others take to be matched, twice. */
async function curtain(host: RealHost): Promise<void> {
  for (let i = 0; i < 3; i++) await matched(host, 2, bareTicket(2));
}

describe('a relayed game is sent the same as without this module:', () => {
  const stock = withNakama(withoutModule);
  const world = withNakama();
  const played = new Map<string, Promise<string[]>>();

  // All at once, since a scene is mostly waiting.
  beforeAll(() => {
    for (const [title, script] of Object.entries(scenes)) {
      const onBoth = [stock, world].map(({ host }) => Stage.play(host, script, curtain));
      played.set(title, Promise.all(onBoth));
    }
  });

  test.each(Object.keys(scenes))(
    '%s',
    async (title) => {
      const [expected, got] = (await played.get(title)) ?? [];
      expect(expected).not.toContain('stuck');
      expect(got).toBe(expected);
    },
    60_000,
  );
});
