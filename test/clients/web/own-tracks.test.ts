import { OwnTracks } from '../../../clients/web/src/own-tracks.ts';

const named = (id: string) => ({ track: { id } as MediaStreamTrack, streams: [] });
const idsTo = (tracks: OwnTracks, peerId: number) => tracks.to(peerId).map(({ track }) => track.id);

test('who was added to all goes to everybody, and others to one player alone', () => {
  const tracks = new OwnTracks();
  const [voice, whisper] = [named('voice'), named('whisper')];
  tracks.add('all', voice);
  tracks.add(2, whisper);
  tracks.add(2, voice);
  expect([idsTo(tracks, 1), idsTo(tracks, 2)]).toEqual([['voice'], ['voice', 'whisper']]);
  tracks.remove(2, whisper.track);
  expect(idsTo(tracks, 2)).toEqual(['voice']);
  tracks.remove('all', voice.track);
  expect([idsTo(tracks, 1), idsTo(tracks, 2)]).toEqual([[], []]);
});
