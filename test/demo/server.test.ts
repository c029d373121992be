import { findAddress, relayIn } from '../../demo/src/server.ts';

const page = (search: string, protocol = 'http:') =>
  ({ search, protocol, hostname: 'game.test', href: `${protocol}//game.test/${search}` }) as Location;

/** What the page's own web server says; null where it has only files. */
function serve(config: object | null): void {
  const answer = config === null ? new Response('', { status: 404 }) : Response.json(config);
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
}
afterEach(() => jest.restoreAllMocks());

test('the address of the page names the server', async () => {
  serve({ port: 7450, key: 'ours' });
  expect(await findAddress(page('?host=nakama.test&port=443&key=theirs&ssl=1'))).toEqual({
    host: 'nakama.test',
    port: '443',
    key: 'theirs',
    isSecure: true,
  });
});

test('without it the server of the page does, and else it is the usual one', async () => {
  serve({ port: 7450, key: 'ours' });
  expect(await findAddress(page(''))).toEqual({
    host: 'game.test',
    port: '7450',
    key: 'ours',
    isSecure: false,
  });
  serve(null);
  const usual = { host: 'game.test', port: '7350', key: 'defaultkey', isSecure: true };
  expect(await findAddress(page('', 'https:'))).toEqual(usual);
  expect((await findAddress(page('?ssl=0', 'https:'))).isSecure).toBe(false);
});

test('the address of the page chooses the way through TURN, too', () => {
  expect(
    ['?relay=forced', '?relay=disabled', '?relay=else', ''].map((search) => relayIn(page(search))),
  ).toEqual(['forced', 'disabled', 'auto', 'auto']);
});
