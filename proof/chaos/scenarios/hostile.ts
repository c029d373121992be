import type { LightBot } from '../../../kit/players/light-bot.ts';
import type { Crew } from '../crew.ts';
import { callAttacks } from '../hostile/calls.ts';
import { type Attack, brokenBy, costOf, type Times } from '../hostile/cost.ts';
import { messageAttacks } from '../hostile/messages.ts';
import type { Scenario } from '../scenario.ts';

/** As large as a room is by default. */
const MEMBERS = 16;
const SOCKETS = 40;
/** Of all of them together. */
const PER_SECOND = 200;

/** Attacks of one kind of attacker, one after the other, and what each costs those who play in other rooms. */
function hostile(name: string, what: string, attacksOf: (crew: Crew) => Promise<Attack[]>) {
  return (times: Times): Scenario => ({
    name,
    what,
    isAsShipped: true,
    run: async (crew) => {
      for (const attack of await attacksOf(crew)) {
        const cost = await costOf(attack, crew.world, times);
        crew.costs.push(cost);
        crew.did(attack.name.replace(/^.*?: /, ''), Math.round(cost.perSecond * times.attackSec));
      }
      const broken = brokenBy(crew.costs);
      crew.check('others wait less than three times as long', times.isLook || broken.length === 0, broken);
    },
  });
}

export const hostileMember = hostile(
  'hostile-member',
  'a member sends the worst, as fast as their socket goes',
  async (crew) => {
    const players = await crew.lightBots(MEMBERS);
    return messageAttacks({ who: 'one member', players, senders: 1, perSecond: null, joiners: MEMBERS - 1 });
  },
);

export const hostileUser = hostile(
  'hostile-user',
  'a user asks for everything, over HTTP and a socket, without a pause',
  async (crew) => {
    const others = await crew.lightBots(2);
    // Somebody who is in none of the other attacks, where they would be at the bounds of what they may ask.
    const [user] = (await crew.lightBots(1, SOCKETS)) as [LightBot];
    return callAttacks(crew, user, others);
  },
);

export const hostileSockets = hostile(
  'hostile-sockets',
  `${SOCKETS} users send the worst, ${PER_SECOND} messages a second in all`,
  async (crew) => {
    const players = await crew.lightBots(SOCKETS);
    const who = `${SOCKETS} sockets`;
    return messageAttacks({ who, players, senders: SOCKETS, perSecond: PER_SECOND, joiners: 1 });
  },
);
