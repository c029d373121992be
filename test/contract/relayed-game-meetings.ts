import type { Actor } from '../../kit/relayed-game/actor.ts';
import type { Script } from '../../kit/relayed-game/stage.ts';
import { exchange, gather, MOVE, search, type Trio } from './relayed-game-moves.ts';

/** How players come together by the matchmaker, and what is refused. */
export const meetings: Record<string, Script> = {
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
