// Runs the state machine once for each line of standard input: {"input": ..., "answers": {"describe": [...], "redrive": [...], ...}}.
// Answers are given in order, the last one again and again; {"error": "Name"} is thrown. Writes one line for each run: how it ended,
// what was called, and which states it went through.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// The interpreter is written for Node.js 22; this is all it needs of it.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
};
const { StateMachine } = await import('aws-local-stepfunctions');

const text = readFileSync(process.argv[2], 'utf8')
  .replaceAll('${OperationsCall}', 'arn:aws:lambda:us-east-1:123456789012:function:operations-call')
  .replaceAll('${Alarms}', 'arn:aws:sns:us-east-1:123456789012:genesys-alarms');
const definition = () => JSON.parse(text); // The interpreter writes into what it is given.
const { States } = definition();
const states = { ...States, ...States.EachGroup.ItemProcessor.States };
const namesOf = (type) => Object.keys(states).filter((name) => states[name].Type === type);
const each = (names, value) => Object.fromEntries(names.map((name) => [name, value]));

const run = async ({ input, answers }) => {
  const calls = [];
  const answer = (task) => {
    calls.push(task);
    const left = answers[task.operation ?? 'publish'] ?? [{}];
    const next = left.length > 1 ? left.shift() : left[0];
    if (next.error) {
      throw Object.assign(new Error(next.error), { name: next.error });
    }
    return next;
  };

  const tasks = namesOf('Task');
  const execution = new StateMachine(definition()).run(input, {
    overrides: {
      taskResourceLocalHandlers: each(tasks, answer),
      retryIntervalOverrides: each(tasks, 1),
      waitTimeOverrides: each(namesOf('Wait'), 1),
    },
    context: { Execution: { Name: 'run', Input: input } },
  });
  const went = execution.result.then(
    (output) => ({ status: 'succeeded', output }),
    (error) => ({ status: 'failed', error: error.cause?.name ?? error.name }),
  );
  const entered = [];
  for await (const event of execution.eventLogs) {
    if (event.type === 'StateEntered') {
      entered.push(event.state.name);
    }
  }
  return { ...(await went), calls, entered };
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))));
}
