// `node .ci/fetch.mjs URL`: status, headers and body of one answer on stdout (curl is not on every machine).
const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(10_000) });
const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
process.stdout.write([`status: ${answer.status}`, ...headers, '', await answer.text(), ''].join('\n'));
