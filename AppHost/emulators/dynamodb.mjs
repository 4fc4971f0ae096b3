// DynamoDB on the loopback interface, in memory; tables are ready at once.
// usage: node dynamodb.mjs --port PORT [--exit-with-stdin]
import dynalite from 'dynalite';
import { announce, options } from './options.mjs';

const { port } = options();
const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });

// One connection serves many batches; Node's default of five seconds would close it between two gentle events.
server.keepAliveTimeout = 120_000;
server.listen(port, '127.0.0.1', () => announce('DynamoDB', server.address().port));
