/**
 * Whether the addon's receiver gets through a 9001 without a script error; as protocol.md has it, written out here
 * again. Bytes of dialect C are not looked at.
 */
export function isReadable(bytes: Buffer): boolean {
  if (bytes[0] !== '{'.charCodeAt(0)) return true;
  const { method, target, type, sdp, media, index, name } = JSON.parse(bytes.toString());
  if (typeof target !== 'string') return false;
  switch (method) {
    case 'set_remote_description':
      return typeof type === 'string' && typeof sdp === 'string';
    case 'add_ice_candidate':
      return typeof media === 'string' && Number.isInteger(index) && typeof name === 'string';
    default:
      return method === 'reconnect';
  }
}
