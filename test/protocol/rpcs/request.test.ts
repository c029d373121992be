import { refusalText } from '../../../src/protocol/refusal.ts';
import { type Decoded, decodeRequest } from '../../../src/protocol/rpcs/request.ts';

const refusalOf = ({ refusal }: Decoded<unknown>) => refusal && refusalText(refusal);

test('refuses what is too long to be a request, unread', () => {
  const read = jest.fn();
  const payload = `{"match_id":${'['.repeat(4090)}`;
  expect(refusalOf(decodeRequest(payload, read))).toBe(
    'bad-request: the payload is longer than 4096 characters',
  );
  expect(read).not.toHaveBeenCalled();
});
