// The PeerJS server as its package offers it, on the port that the first argument says, as a process of its own.
import { PeerServer } from 'peer';

PeerServer({ host: '127.0.0.1', port: Number(process.argv[2]), path: '/' }, () => console.log('listening'));
