import { gather } from '../../kit/contract/steps.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

describe("Nakama's console", () => {
  test('shows the state of a room as readable JSON', async () => {
    const host = await RealHost.start();
    try {
      const { room, bots } = await gather(host, 2, { client_version: '1.0' });

      const { state } = await host.consoleStateOf(room.match_id);

      const text = JSON.stringify(JSON.parse(state));
      for (const { account } of bots) expect(text).toContain(account.username);
      expect(text).toContain('"1.0"');
    } finally {
      await host.stop();
    }
  });
});
