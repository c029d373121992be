import type { Envelope } from '../players/wire.ts';
import { HandFed } from './hand-fed.ts';
import { FRAME_MS } from './nakama-socket.ts';
import type { OnlineMatch } from './online-match.ts';
import { type Frame, normalised, recordingOf } from './recording.ts';
import type { VariantName } from './variants.ts';

export interface Replay {
  /** What the recorded client sent, normalised. */
  readonly recorded: string[];
  /** What the bot sends when it is given the same frames. */
  readonly replayed: string[];
  readonly faults: string[];
}

/**
 * Puts the bot in the place of one client of a recording: it gets every frame that this client got, and does
 * what its player did. Links break when the other side leaves, as in the recorded games.
 */
export async function replay(name: string, client: string, variant: VariantName): Promise<Replay> {
  const { frames } = recordingOf(name);
  // The recorded machines had no STUN server, and the Godot 3 one an old library.
  const game = new HandFed(variant, { maxPlayers: maxCountIn(frames), tellsErrors: false, candidates: 2 });
  const { match, sent } = game;

  const recorded = frames.filter((frame) => frame.sent && frame.client === client);
  for (const [index, frame] of frames.entries()) {
    const { envelope, timeMs } = frame;
    if (frame.client !== client) {
      if (frame.sent && envelope.match_leave) for (const id of match.peers.connectedIds) match.peers.drop(id);
    } else if (!frame.sent) {
      game.feed(envelope);
    } else if (sent.length <= recorded.indexOf(frame)) {
      act(match, envelope);
    }
    await turns((frames[index + 1]?.timeMs ?? Infinity) - timeMs < FRAME_MS ? 1 : 4);
  }
  return {
    recorded: textsOf(recorded.map(({ envelope }) => envelope)),
    replayed: textsOf(sent),
    faults: game.faults,
  };
}

/** What the player pressed for this frame to be sent, if it was they. */
function act(match: OnlineMatch, { match_create, match_join, matchmaker_add, match_leave }: Envelope): void {
  if (match_create) match.createMatch();
  if (matchmaker_add) match.startMatchmaking();
  if (match_leave) match.leave();
  const { match_id: matchId } = (match_join ?? {}) as { match_id?: string };
  if (matchId) match.joinMatch(matchId);
}

function maxCountIn(frames: Frame[]): number {
  const counts = frames.map(({ envelope }) => envelope.matchmaker_add as { max_count: number } | undefined);
  return counts.find((count) => count)?.max_count ?? 4;
}

function textsOf(envelopes: Envelope[]): string[] {
  const seen = new Map<string, string>();
  return envelopes.map((envelope) => normalised(envelope, seen));
}

/** So long the engine takes to notice that a link is lost, then to have a description. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}
