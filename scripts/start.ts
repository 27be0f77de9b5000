/** `npm start`: builds the app when its sources have changed, then serves it on loopback. */
import { fileURLToPath } from 'node:url';
import { serveOrExit } from '../server/serve.ts';
import { buildAppIfStale } from './build-app.ts';

await buildAppIfStale(fileURLToPath(new URL('..', import.meta.url)));
await serveOrExit();
