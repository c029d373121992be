import { randomUUID } from 'node:crypto';
import type { Bot } from '../players/bot.ts';
import type { Account } from '../players/socket-player.ts';

export interface HttpAnswer {
  /** gRPC code; 0 is success. */
  code: number;
  /** The payload, or the error's message. */
  text: string;
}

/** What a client may ask of Nakama's own listing of matches. */
export interface Listing {
  limit?: number;
  authoritative?: boolean;
  label?: string;
  minSize?: number;
  maxSize?: number;
  query?: string;
}

export interface ListedMatch {
  match_id: string;
  size: number;
  label: string;
}

/** A server that runs the module: Nakama itself or the fake one. The contract suite knows only this. */
export interface Host {
  /** Signs a new user in. */
  signIn(options?: { username?: string; vars?: Record<string, string> }): Promise<Account>;
  connect(account: Account): Promise<Bot>;
  /** Over HTTP, as this user or, with the server's http_key, as the game's own backend. */
  callRpc(caller: Account | 'backend', id: string, payload?: unknown): Promise<HttpAnswer>;
  /** As the server's administrator lists them: all authoritative ones, where nothing else is said. @throws where Nakama answers an error. */
  listMatches(listing?: Listing): Promise<ListedMatch[]>;
  /** As a client lists them. @throws where Nakama answers an error. */
  findMatches(listing: Listing, account: Account): Promise<ListedMatch[]>;
  /** Nakama's own blocking of one user by another. */
  block(account: Account, blocked: Account): Promise<void>;
  /** An object of the user's own, as a client writes one; whether Nakama took it. */
  writeStorage(account: Account, collection: string, key: string, value: object): Promise<boolean>;
  /** What the module has counted, within a second: `{'kicks_total{kind=ban}': 1}`. */
  counters(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** The module's settings, over its defaults. */
  env?: Record<string, string>;
  /** Nakama's configuration as in its YAML file, by dotted path: `match.signal_queue_size`. */
  config?: Record<string, string>;
  /** null: Nakama's own defaults instead of local.yml. */
  configFile?: null;
  /** The bundle, from the project's folder. */
  modulePath?: string;
}

/** A name no other user has. */
export const newName = (): string => `player-${randomUUID().slice(0, 13)}`;
