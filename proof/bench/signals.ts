import type { CandidateSignal, DescriptionSignal } from '../../src/protocol/peer-method.ts';

/** As a browser describes one data channel: about 1.2 KB. */
const SDP = 'a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host\r\n'.repeat(20);

export const description = (type: 'offer' | 'answer'): DescriptionSignal => ({
  kind: 'description',
  type,
  sdp: SDP,
  offerNumber: null,
});

/** The bulk of what is signalled. Its number tells when it was sent. */
export const candidate = (number: number): CandidateSignal => ({
  kind: 'candidate',
  media: '0',
  index: 0,
  name: `candidate:${number} 1 UDP 2116026111 192.0.2.2 36692 typ host`,
});

export const numberOf = ({ name }: CandidateSignal): number =>
  Number(name.slice('candidate:'.length, name.indexOf(' ')));
