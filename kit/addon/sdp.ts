import { randomBytes, randomInt } from 'node:crypto';

/** As Godot's WebRTC plugin writes it, in length and lines. */
export function sdpOf(type: 'offer' | 'answer', ufrag: string): string {
  const fingerprint = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return [
    'v=0',
    `o=rtc ${randomInt(2 ** 32)} 0 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=msid-semantic:WMS *',
    'a=ice-options:ice2,trickle',
    `a=fingerprint:sha-256 ${fingerprint.join(':')}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sendrecv',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    `a=setup:${type === 'offer' ? 'actpass' : 'active'}`,
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${randomBytes(17).toString('base64').slice(0, 22)}`,
    '',
  ].join('\r\n');
}

export function ufragIn(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

/** Addresses of the machine, then its public one as STUN sees it, then a TURN server's. */
export function candidatesOf(count: 2 | 3 | 4): string[] {
  const port = randomInt(32_768, 61_000);
  return [
    `candidate:2 1 UDP 2116026111 fd00::2 ${port} typ host`,
    `candidate:1 1 UDP 2114977791 192.0.2.2 ${port} typ host`,
    `candidate:3 1 UDP 1678769919 198.51.100.7 ${port} typ srflx raddr 0.0.0.0 rport 0`,
    `candidate:4 1 UDP 503316223 203.0.113.9 ${port} typ relay raddr 198.51.100.7 rport ${port}`,
  ].slice(0, count);
}
