import { createHmac } from 'node:crypto';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBot } from '../../kit/contract/steps.ts';

const secret = 'a secret shared with coturn';

onBothHosts(
  'get_ice_servers',
  (world) => {
    test('names the servers set, with credentials of the caller that coturn accepts', async () => {
      const bot = await newBot(world.host);

      const { success, response } = JSON.parse(await bot.rpc('get_ice_servers'));

      const [stun, turn] = response.ice_servers;
      expect([success, response.expires_in, response.ice_servers.length]).toEqual([true, 3600, 2]);
      expect(stun).toEqual({ urls: ['stun:a.example.org:3478', 'stun:b.example.org'] });
      expect(turn.urls).toEqual(['turn:c.example.org']);
      expect(turn.username).toMatch(new RegExp(`^\\d+:${bot.account.userId}$`));
      expect(turn.credential).toBe(createHmac('sha1', secret).update(turn.username).digest('base64'));
    });
  },
  {
    env: {
      ONLINE_MATCH_STUN_URLS: 'stun:a.example.org:3478,stun:b.example.org',
      ONLINE_MATCH_TURN_URLS: 'turn:c.example.org',
      ONLINE_MATCH_TURN_SECRET: secret,
      ONLINE_MATCH_TURN_TTL_SEC: '3600',
    },
  },
);
