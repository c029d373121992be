import { decodeCheckpoint, encodeCheckpoint } from '../../src/protocol/checkpoint.ts';

test('clients read the checkpoint that the server writes', () => {
  const checkpoint = { term: 2, sequence: 7, data: 'aGVsbG8=' };
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
});

test.each(['', '{}', '{"term":1,"sequence":1}', '{"term":"1","sequence":1,"data":"YQ=="}'])(
  '%j is no checkpoint',
  (text) => {
    expect(decodeCheckpoint(text)).toBeNull();
  },
);
