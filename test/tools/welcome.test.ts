import type { networkInterfaces } from 'node:os';
import { addressesOf } from '../../tools/stack/addresses.ts';
import { welcome } from '../../tools/welcome.ts';

const ports = { api: 7350, console: 7351, metrics: 7352, page: 7354 };
const running = { version: '3.40.0', ports, dir: '/data' };

test('to others it gives the addresses in their network, and a warning', () => {
  const text = welcome({ ...running, host: '0.0.0.0', addresses: ['127.0.0.1', '192.168.1.20', '10.0.0.5'] });
  expect(text).toContain('http://127.0.0.1:7354 ');
  expect(text).toContain('http://192.168.1.20:7354 ');
  expect(text).toContain('http://10.0.0.5:7354 ');
  expect(text).toContain('"192.168.1.20", 7350, "http"');
  expect(text).toContain('everybody knows the keys of local.yml');
  expect(text).toContain('Console   http://127.0.0.1:7351');
});

test('on this machine alone there is nothing to warn of', () => {
  const text = welcome({ ...running, host: '127.0.0.1' });
  expect(text).toContain('http://127.0.0.1:7354 ');
  expect(text).not.toContain('everybody knows');
});

test('it says where the data is, and what removes it', () => {
  expect(welcome({ ...running, host: '127.0.0.1' })).toContain(
    '/data   log: /data/nakama.log; npm start -- --reset',
  );
});

test('a server on all addresses is found at those that others reach, by IPv4', () => {
  const address = (text: string, family: string, internal: boolean) => ({ address: text, family, internal });
  const interfaces = {
    lo: [address('127.0.0.1', 'IPv4', true)],
    eth0: [address('192.168.1.20', 'IPv4', false), address('fe80::1', 'IPv6', false)],
  } as unknown as ReturnType<typeof networkInterfaces>;
  expect(addressesOf('0.0.0.0', interfaces)).toEqual(['127.0.0.1', '192.168.1.20']);
  expect(addressesOf('192.168.1.20', interfaces)).toEqual(['192.168.1.20']);
});
