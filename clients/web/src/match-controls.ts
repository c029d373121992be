import type { Socket } from '@heroiclabs/nakama-js';
import { encodeInviteRequest } from '../../../src/protocol/rpcs/invite-to-online-match.ts';
import { encodeKickRequest } from '../../../src/protocol/rpcs/kick-from-online-match.ts';
import { encodeSealRequest } from '../../../src/protocol/rpcs/seal-online-match.ts';
import { encodeTransferRequest } from '../../../src/protocol/rpcs/transfer-online-match.ts';
import { encodeUpdateRequest } from '../../../src/protocol/rpcs/update-online-match.ts';
import { ask } from './ask.ts';
import { type CallOptions, call, type Wait } from './call.ts';
import { notInAMatch, OnlineMatchError } from './errors.ts';
import { MatchView } from './match-view.ts';
import type { Membership } from './membership.ts';
import { ownPropertiesFrom, type Properties, propertiesFrom } from './properties.ts';

/** What changes; what is left out stays as it is. */
export interface MatchUpdate {
  /** At most 64 characters. */
  readonly name?: string | undefined;
  readonly visibility?: 'private' | 'public' | undefined;
  /** All there are from then on. */
  readonly properties?: Properties | undefined;
  /** Null takes it away. */
  readonly password?: string | null | undefined;
  readonly minPlayers?: number | undefined;
  /** Not fewer than the seats that are taken. */
  readonly maxPlayers?: number | undefined;
}

export interface StartOptions {
  /** Also when not ready, or not all links are up. */
  readonly force?: boolean | undefined;
  /** Not before all players here have said that they are ready. */
  readonly requireReady?: boolean | undefined;
}

export interface KickOptions {
  /** They are not let in again as long as the match lives. */
  readonly ban?: boolean | undefined;
  /** What they read; 1 to 200 characters. */
  readonly reason?: string | undefined;
}

/**
 * What a player does in their match, and the host with it. Calls to the server reject with `not-in-a-match`, with
 * `disconnected` while the socket is lost, and those for the host with `not-host` or `stale-term` when another is.
 */
export abstract class MatchControls extends MatchView {
  abstract get socket(): Socket;

  /**
   * Begins the game: from now on `matchReady` and `matchNotReady` are not told any more. The host's call also
   * seals the match, so that nobody new comes in; it may have done so even when it was aborted or timed out.
   * Errors: `not-ready` (the match, or with `requireReady` a player), `links-pending`, `too-few-players`, `host-left`.
   */
  async startPlaying({ force = false, requireReady = false, ...options }: CallOptions & StartOptions = {}) {
    const membership = this.member;
    if (!membership.isReady && !force)
      throw new OnlineMatchError('not-ready', 'The match is not ready: wait for `matchReady`.');
    await this.#seal(options, { sealed: true, force, requireReady });
    membership.isPlaying = true;
    this.participation?.noteSeat();
  }

  /**
   * Ends the game, for another one with the same players: `matchReady` and `matchNotReady` are told again. The
   * host's call also opens the match to others, and makes everybody unready. Errors: `host-left`.
   */
  async stopPlaying(options: CallOptions = {}): Promise<void> {
    const membership = this.member;
    await this.#seal(options, { sealed: false, force: false, requireReady: false });
    if (!membership.isPlaying) return;
    membership.isPlaying = false;
    this.participation?.noteSeat();
    membership.updateReadiness();
  }

  /**
   * Changes what the match says of itself, or how many it takes; from the host. `roomChanged` tells everybody.
   * Errors: `bad-request`, `match-full` (of `maxPlayers`).
   */
  async update({ properties, password, ...changes }: MatchUpdate, options: CallOptions = {}): Promise<void> {
    const { matchId, office } = this.member;
    const request = encodeUpdateRequest(matchId, {
      ...withoutUndefined(changes),
      term: office.term || null,
      properties: properties === undefined ? null : propertiesFrom(properties),
      // The protocol's way to take it away.
      password: password === null ? '' : refuseEmpty(password),
    });
    await this.#command(options, 'update_online_match', request);
  }

  /**
   * Sends a player away, with all seats of their user; from the host. They hear why by `left`, with `kicked` or
   * `banned`, and may join anew unless banned. Errors: `no-such-player`, `bad-request`.
   */
  async kick(
    peerId: number,
    { ban = false, reason, ...options }: KickOptions & CallOptions = {},
  ): Promise<void> {
    const { matchId, office } = this.member;
    const kick = { matchId, term: office.term || null, peerId, ban, reason: reason ?? null };
    await this.#command(options, 'kick_from_online_match', encodeKickRequest(kick));
  }

  /**
   * Makes another player host, who is here and whose client announced itself (`announced`); from the host.
   * `hostChanged` tells everybody. Errors: `no-such-player`.
   */
  async transferHost(peerId: number, options: CallOptions = {}): Promise<void> {
    const { matchId, office } = this.member;
    const request = encodeTransferRequest({ matchId, peerId, term: office.term || null });
    await this.#command(options, 'transfer_online_match', request);
  }

  /**
   * Has Nakama notify users, 16 at most, of the match, if they are connected; from any player. They need no password
   * for ten minutes: `invitationIn(notification)` reads it. Errors: `too-many-requests`, `bad-request`.
   */
  async invite(userIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const request = encodeInviteRequest({ matchId: this.member.matchId, userIds });
    await this.#command(options, 'invite_to_online_match', request);
  }

  /**
   * Says to all that this player is ready to play, or not; kept and said after a return while the socket is lost.
   * `roomChanged` shows it: `ready` of each player and `allReady`. Throws `not-in-a-match` or `unsupported`.
   */
  setReady(ready: boolean): void {
    this.#shownMember.status.show({ ready });
  }

  /**
   * Says to all what this player is like, `{ team: 'red' }`: all properties there are from then on. As `setReady`, and
   * about eight times in ten seconds at most. Throws `bad-request`, `not-in-a-match` or `unsupported`.
   */
  setProperties(properties: Properties): void {
    const { status } = this.#shownMember;
    status.show({ properties: ownPropertiesFrom(properties) });
  }

  /**
   * Leaves the game's state with the room, for whoever becomes host next, or for this host after a reload. The host
   * may do so as often as they like: the newest one is sent once a second, and after a return. At most 16,384 bytes,
   * where the server has no other bound. Throws `not-in-a-match` or `not-host`.
   */
  saveCheckpoint(data: Uint8Array): void {
    const { office, checkpoints } = this.member;
    if (!office.isOwn)
      throw new OnlineMatchError('not-host', 'Only the host leaves a checkpoint: ask `isHost` first.');
    checkpoints.save(data, office.term);
  }

  /** Throws `not-in-a-match` where there is none. */
  protected get member(): Membership {
    if (this.membership === null) throw notInAMatch();
    return this.membership;
  }

  /** Of a room that shows what players say of themselves. */
  get #shownMember(): Membership {
    const { member } = this;
    if (!member.isArbitrated)
      throw new OnlineMatchError(
        'unsupported',
        'Only rooms of this project’s module show that: send it instead.',
      );
    return member;
  }

  /** The host has the room do so; the others only note it for themselves. */
  async #seal(
    options: CallOptions,
    seal: { sealed: boolean; force: boolean; requireReady: boolean },
  ): Promise<void> {
    const { matchId, office, isArbitrated } = this.member;
    const request = encodeSealRequest({ matchId, ...seal, term: null });
    if (office.isOwn && isArbitrated) await this.#command(options, 'seal_online_match', request);
    else await this.#calling(options, async () => {});
  }

  #command(options: CallOptions, id: string, request: string): Promise<void> {
    return this.#calling(options, async (wait) => {
      if (!this.member.isOnline)
        throw new OnlineMatchError('disconnected', 'The socket is lost: try again after `reconnected`.');
      await wait(ask(this.socket, id, request));
    });
  }

  #calling(options: CallOptions, work: (wait: Wait) => Promise<void>): Promise<void> {
    return call(options, this.participation?.ended ?? null, work);
  }
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** An empty text is no password, and on this way would take it away. */
function refuseEmpty(password: string | undefined): string | null {
  if (password === '')
    throw new OnlineMatchError('bad-request', 'A password has 1 to 64 characters; null takes it away.');
  return password ?? null;
}
