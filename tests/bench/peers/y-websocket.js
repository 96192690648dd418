import { createServer } from 'node:http';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

/*
 * @y/websocket-server as its own server.js has it, with a `ws` of today: documents are in memory
 * and nowhere else.
 */

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', setupWSConnection);
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
