import type { Home } from './home.ts';
import { HUB, knownServers } from './internet.ts';

// What a router does not let through, as nftables has it.

export const NOTHING_PASSES = ['drop'];

export const NO_UDP = ['meta l4proto udp drop'];

/** Nakama alone is left of the servers. */
export function noTurn(): readonly string[] {
  const { turnPort } = knownServers();
  return [
    `ip daddr ${HUB} meta l4proto udp drop`,
    `ip saddr ${HUB} meta l4proto udp drop`,
    `tcp dport ${turnPort} drop`,
    `tcp sport ${turnPort} drop`,
  ];
}

/** Those who live there are out of reach. */
export function nothingFrom({ addresses }: Home): readonly string[] {
  return [`ip daddr ${addresses} drop`, `ip saddr ${addresses} drop`];
}
