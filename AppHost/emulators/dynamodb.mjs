// DynamoDB on the loopback interface, in memory; tables are ready at once.
// usage: node dynamodb.mjs --port PORT [--exit-with-stdin]
import dynalite from 'dynalite';
import { announce, options } from './options.mjs';

const { port } = options();
const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });

// One connection serves many batches; Node's default of five seconds would close it between two gentle events.
server.keepAliveTimeout = 120_000;

// A client that is killed in the middle of a request takes that request with it; dynalite would throw, and end for all the others.
server.on('request', (request) => {
  request.removeAllListeners('error');
  request.on('error', () => {});
});
server.listen(port, '127.0.0.1', () => announce('DynamoDB', server.address().port));
