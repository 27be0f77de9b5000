// First, so that the first paint already has the chosen theme.
import './theme-in-use.ts';
import '../design/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startSession } from '../features/workspace/start-session.ts';
import { App } from './App.tsx';
import { followPointer } from './follow-pointer.ts';
import { createQueryClient } from './query-client.ts';

followPointer(window);
startSession(window);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App queryClient={createQueryClient()} />
  </StrictMode>,
);
