import { recordingOf } from '../../kit/addon/recording.ts';
import { replay } from '../../kit/addon/replay.ts';
import type { VariantName } from '../../kit/addon/variants.ts';

const recordings: [string, VariantName][] = [
  ['godot3-matchmaker', 'U'],
  ['godot3-room', 'U'],
  ['godot4-matchmaker', 'M'],
  ['godot4-room', 'M'],
];

/** Each client of each recording. */
const cases = recordings.flatMap(([name, variant]) =>
  recordingOf(name).clients.map((client) => [variant, client, name] as const),
);

test.each(cases)('%s sends what client %s of %s sent, byte for byte', async (variant, client, name) => {
  const { recorded, replayed, faults } = await replay(name, client, variant);

  expect(replayed).toEqual(recorded);
  expect(faults).toEqual([]);
});
