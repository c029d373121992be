import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  createRoom,
  enter,
  gather,
  newBot,
  newBots,
  refusalOf,
  seal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

const create = 'create_online_match';

/** Requests of create_online_match that are refused, and what the sentence names. */
const wrong: [unknown, RegExp][] = [
  [{ min_players: 0 }, /min_players/],
  [{ min_players: 1 }, /min_players/],
  [{ max_players: 17 }, /max_players/],
  [{ max_players: 1e9 }, /max_players/],
  [{ max_players: 2.5 }, /max_players/],
  [{ max_players: '4' }, /max_players/],
  [{ min_players: 4, max_players: 3 }, /m(in|ax)_players/],
  [{ client_version: 1 }, /client_version/],
  [{ client_version: 'v'.repeat(65) }, /client_version/],
  [{ host: 'me' }, /host/],
  [{ hosts: 'creator' }, /hosts/],
  [{ __proto_: 1 }, /__proto_/],
  ['nonsense', /JSON/],
  ['[]', /object/],
  ['null', /object/],
  ['"text"', /object/],
];

onBothHosts('RPCs', (world) => {
  test('create_online_match answers what the room will be', async () => {
    const bot = await newBot(world.host);

    expect(await createRoom(bot)).toEqual({
      match_id: expect.stringMatching(/^[0-9a-f-]{36}\../),
      code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{6}$/),
      min_players: 2,
      max_players: 4,
      client_version: null,
      host: 'creator',
      on_host_left: 'migrate',
      topology: 'mesh',
    });
    expect(
      await createRoom(bot, { min_players: 3, max_players: 8, client_version: '1.0', host: 'elect' }),
    ).toMatchObject({ min_players: 3, max_players: 8, client_version: '1.0', host: 'elect' });
    expect(JSON.parse(await bot.rpc(create))).toMatchObject({ max_players: 4 });
  });

  test.each(wrong)(
    'create_online_match refuses %j, on the socket and over HTTP alike',
    async (request, named) => {
      const bot = await newBot(world.host);

      const refusal = await refusalOf(bot.rpc(create, request));

      expect(refusal).toMatch(/^bad-request: /);
      expect(refusal).toMatch(named);
      const { code, text } = await world.host.callRpc(bot.account, create, request);
      expect({ code, text }).toEqual({ code: 3, text: refusal });
    },
  );

  test('create_online_match serves the game’s backend, whose rooms elect', async () => {
    expect(await createElectingRoom(world.host)).toMatchObject({ host: 'elect' });
    expect(await world.host.callRpc('backend', create, { host: 'creator' })).toMatchObject({
      code: 3,
      text: expect.stringMatching(/^bad-request: .*host/),
    });
  });

  test('a room made over HTTP is its maker’s on whatever socket they join with', async () => {
    const creator = await newBot(world.host);
    const { text } = await world.host.callRpc(creator.account, create);
    const { match_id } = JSON.parse(text);
    await enter(creator, match_id);

    expect(await viewRoom(creator, match_id)).toMatchObject({ host: creator.account.username });
  });

  test('seal_online_match closes the room to new joins and opens it again', async () => {
    const { room, creator } = await gather(world.host, 2, { max_players: 3 });
    const joiner = await newBot(world.host);

    expect(await seal(creator, room.match_id)).toEqual({ match_id: room.match_id, sealed: true });
    expect(await viewRoom(joiner, room.match_id)).toMatchObject({ phase: 'sealed', open_seats: 0 });
    expect(await refusalOf(joiner.join(room.match_id))).toMatch(/^match-sealed: \S/);

    expect(await seal(creator, room.match_id, false)).toEqual({ match_id: room.match_id, sealed: false });
    await joiner.join(room.match_id);
  });

  test('seal_online_match is the host’s alone', async () => {
    const { room, creator, others } = await gather(world.host, 2);
    const [other] = others as [Bot];
    const body = { match_id: room.match_id, sealed: true };

    expect(await refusalOf(seal(other, room.match_id))).toMatch(/^not-host: \S/);
    expect((await world.host.callRpc(other.account, 'seal_online_match', body)).text).toMatch(/^not-host: /);
    expect(await refusalOf(seal(await newBot(world.host), room.match_id))).toMatch(/^not-host: /);
    expect((await world.host.callRpc(creator.account, 'seal_online_match', body)).code).toBe(0);
  });

  test('seal_online_match needs min_players', async () => {
    const { room, creator } = await gather(world.host, 2, { min_players: 3, max_players: 4 });

    expect(await refusalOf(seal(creator, room.match_id))).toMatch(/^too-few-players: .*3/);
  });

  test('seal_online_match and get_online_match know only rooms', async () => {
    const bot = await newBot(world.host);
    const { match_id: relayed } = await bot.createMatch('named');

    for (const id of ['x', relayed, `${relayed}nowhere`, '00000000-0000-4000-8000-000000000000.x']) {
      expect(await refusalOf(viewRoom(bot, id))).toMatch(/^match-not-found: \S/);
      expect(await refusalOf(seal(bot, id))).toMatch(/^match-not-found: \S/);
    }
  });

  test('seal_online_match and get_online_match refuse what they do not understand, naming it', async () => {
    const { room, creator } = await gather(world.host, 2);
    const { match_id } = room;
    for (const [body, named] of [
      [{}, /match_id/],
      [{ match_id: 1 }, /match_id/],
      [{ match_id: '' }, /match_id/],
      [{ match_id, more: 1 }, /more|sealed/],
      ['', /match_id|JSON/],
    ] as const) {
      for (const id of ['get_online_match', 'seal_online_match']) {
        const refusal = await refusalOf(creator.rpc(id, body));
        expect(refusal).toMatch(/^bad-request: /);
        expect(refusal).toMatch(named);
      }
    }
    for (const sealed of [undefined, 'yes', 1]) {
      expect(await refusalOf(creator.rpc('seal_online_match', { match_id, sealed }))).toMatch(
        /^bad-request: .*sealed/,
      );
    }
  });

  test('get_online_match answers what a lobby shows', async () => {
    const [creator, other] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator, { max_players: 3, client_version: '1.0' });
    const shown = {
      ...{ match_id, min_players: 2, max_players: 3, client_version: '1.0' },
      ...{ name: '', visibility: 'private', properties: {}, has_password: false },
    };
    expect(await viewRoom(other, match_id)).toEqual({
      ...shown,
      phase: 'waiting',
      players: 0,
      open_seats: 2,
      host: null,
    });

    await enter(creator, match_id);
    const host = creator.account.username;
    expect(await viewRoom(other, match_id)).toEqual({
      ...shown,
      phase: 'gathering',
      players: 1,
      open_seats: 2,
      host,
    });

    await enter(other, match_id);
    expect(await viewRoom(other, match_id)).toEqual({
      ...shown,
      phase: 'ready',
      players: 2,
      open_seats: 1,
      host,
    });

    const { text } = await world.host.callRpc('backend', 'get_online_match', { match_id });
    expect(JSON.parse(text)).toMatchObject({ players: 2 });
  });

  test('one user may have only so many rooms waiting for their first player', async () => {
    const bot = await newBot(world.host);
    const rooms = [];
    for (let i = 0; i < 4; i++) rooms.push(await createRoom(bot));

    expect(await refusalOf(createRoom(bot))).toMatch(/^too-many-rooms: \S/);

    await bot.join(rooms[0]?.match_id ?? '');
    await createRoom(bot);
    await createRoom(await newBot(world.host));
  });

  test('one user may create only so many rooms a minute', async () => {
    const bot = await newBot(world.host);
    for (let i = 0; i < 20; i++) await bot.join((await createRoom(bot)).match_id);

    expect(await refusalOf(createRoom(bot))).toMatch(/^too-many-rooms: .*minute/);
    await createRoom(await newBot(world.host));
  });
});
