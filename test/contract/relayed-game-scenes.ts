import type { Actor } from '../../kit/relayed-game/actor.ts';
import type { Script } from '../../kit/relayed-game/stage.ts';
import { meetings } from './relayed-game-meetings.ts';
import { BINARY, crowd, exchange, GREETING, gather, MOVE, SHARED, type Trio } from './relayed-game-moves.ts';

/** What is played on both servers. */
export const scenes: Record<string, Script> = {
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
  ...meetings,
};
