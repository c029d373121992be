import { createRoom, enter, refusalOf, viewRoom } from '../../../kit/contract/steps.ts';
import { poolOf } from '../../../kit/contract/tickets.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import { checkTalk, KINDS, openPlace } from './rooms.ts';

export const restart: Scenario = {
  name: 'restart',
  what: 'the server is asked to stop or killed, under joins and tickets; its clients connect again and make new rooms',
  endsServer: true,
  run: async (crew) => {
    await endServer(crew, 'SIGTERM');
    await endServer(crew, 'SIGKILL');
  },
};

async function endServer(crew: Crew, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const { world } = crew;
  const places = await Promise.all(KINDS.map((kind) => openPlace(crew, kind)));
  const [seeker, ...joiners] = (await crew.newBots(4)) as [Bot, ...Bot[]];
  await seeker.addMatchmaker(poolOf(2));
  const clients = [seeker, ...joiners, ...places.flatMap(({ stayers }) => stayers)];
  let open = clients.length;
  for (const { closed } of clients) closed.then(() => open--);
  for (const joiner of joiners) joiner.post({ match_join: { match_id: crew.random.pick(places).matchId } });

  await world.restart(signal, async () => {
    await crew.within(
      'the sockets of all clients are closed',
      () => open,
      (left) => left === 0,
    );
    const [one] = clients as [Bot];
    const port = world.server.port;
    crew.check('a server that is down takes no connection', !(await canConnect(one, port)));
  });
  crew.did(`server ended by ${signal}`);

  const again = await crew.bot();
  for (const { matchId } of places) {
    const refusals = [await refusalOf(again.join(matchId)), await refusalOf(viewRoom(again, matchId))];
    const areGone = refusals[0] === 'Match not found' && refusals[1]?.startsWith('match-not-found: ');
    crew.check('a room of the server before is gone', areGone === true, refusals);
  }
  await enter(again, (await createRoom(again)).match_id);
  await crew.disband();
  for (const kind of KINDS) {
    const place = await openPlace(crew, kind);
    if (kind !== 'elected') await checkTalk(crew, place);
    crew.did('room made anew');
  }
  await crew.disband();
}

const canConnect = (bot: Bot, port: number) =>
  fetch(`http://127.0.0.1:${port}/healthcheck?${bot.account.username}`).then(
    () => true,
    () => false,
  );
