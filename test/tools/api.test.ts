import { readFileSync } from 'node:fs';
import { apiReference, referenceFile } from '../../tools/api/reference.ts';

test('docs/api is what the doc comments say now; `npm run docs:api` makes it so', async () => {
  expect(readFileSync(referenceFile, 'utf8')).toBe(await apiReference());
}, 60_000);
