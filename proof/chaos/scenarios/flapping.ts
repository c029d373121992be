import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import { type Gamer, gatherGamers } from '../web-game.ts';

const PLAYERS = 6;
/** How long the network is gone, and how long it is back. */
const FLAP_MS = 3000;
const LIMIT_MS = 40_000;

/** Half of the players of a web game lose their network again and again; the game goes on over its channels. */
export const flapping = (flaps: number): Scenario => ({
  name: 'flapping',
  what: 'the network of half the players of a game goes and comes back every 3 s',
  run: async (crew) => {
    const link = await crew.link();
    const gamers = await gatherGamers(crew, PLAYERS, (index) => (index % 2 === 0 ? link.port : null));
    try {
      await flap(crew, gamers, flaps, {
        go: () => (crew.random.below(2) === 0 ? link.freeze() : link.cut()),
        comeBack: () => link.thaw(),
      });
    } finally {
      await Promise.all(gamers.map((gamer) => gamer.close()));
    }
  },
});

interface Network {
  readonly go: () => void;
  readonly comeBack: () => void;
}

async function flap(crew: Crew, gamers: readonly Gamer[], flaps: number, network: Network): Promise<void> {
  const peerIds = gamers.map(({ peerId }) => peerId);
  for (const gamer of gamers) gamer.beginTalking();
  for (let nth = 0; nth < flaps; nth++) {
    network.go();
    crew.did('network gone', PLAYERS / 2);
    await pass(FLAP_MS);
    network.comeBack();
    await pass(FLAP_MS);
  }
  await crew.within(
    'everybody is in, with the peer id they had',
    () => gamers.filter((gamer) => !gamer.sees(peerIds)).map(({ peerId }) => peerId),
    (missing) => missing.length === 0,
    LIMIT_MS,
  );
  for (const gamer of gamers) gamer.endTalking();
  const said = gamers.map(({ said: count }) => count);
  crew.did('messages on channels', said.reduce((sum, count) => sum + count, 0) * (PLAYERS - 1));
  await crew.within(
    'every message on a channel has come, once and in its order',
    () => gamers.flatMap((gamer) => gamer.missing(peerIds, said)),
    (missing) => missing.length === 0,
  );
}

/** As the network does; nothing waits for it. */
function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
