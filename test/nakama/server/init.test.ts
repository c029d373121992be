import { contextWith, inNewVm, nkWith, recordingLogger } from '../../../kit/match/nk.ts';
import type * as Init from '../../../src/nakama/server/init.ts';

const load = () => inNewVm(() => require('../../../src/nakama/server/init.ts') as typeof Init);

test('the start of the server logs the effective settings in one line', () => {
  const { logger, lines } = recordingLogger();
  load().init(contextWith({ env: { ONLINE_MATCH_SEAT_SEC: '7' } }), logger, nkWith());
  expect(lines).toEqual([expect.stringMatching(/^info: online match settings: .*ONLINE_MATCH_SEAT_SEC=7/)]);
});

test('a wrong setting stops the server with its sentence', () => {
  const { logger } = recordingLogger();
  expect(() => load().init(contextWith({ env: { ONLINE_MATCH_SEAT_SEC: '0' } }), logger, nkWith())).toThrow(
    'ONLINE_MATCH_SEAT_SEC is "0": allowed are whole numbers from 1 to 600.',
  );
});
