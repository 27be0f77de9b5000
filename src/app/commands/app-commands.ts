/** The commands that are on offer on every page. What a page alone can do it offers itself (state/offered-commands.ts). */

import { shownTheme } from '../../design/theme.ts';
import { openDemo } from '../../features/workspace/open-demo.ts';
import { switchModel } from '../../features/workspace/open-models.ts';
import { switchTable } from '../../features/workspace/open-tables.ts';
import { currentHistory, redo, undo } from '../../state/history.ts';
import { type Command, offeredCommands, runOnceOffered } from '../../state/offered-commands.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { copyLink } from '../copy-link.ts';
import { pageCommand } from '../keyboard/shortcuts.ts';
import { modelPath, pages } from '../pages.ts';
import { switchTheme } from '../theme-in-use.ts';
import { chooseFiles } from './choose-files.ts';
import { downloadScores } from './download-scores.ts';

/** What the commands reach of the shell. */
export interface CommandDoors {
  /** The path that is shown. */
  readonly path: string;
  readonly go: (path: string) => void;
  readonly showShortcuts: () => void;
}

/** A demo as the palette names it. */
export interface DemoName {
  readonly name: string;
  readonly title: string;
}

/** What can be done now, by what is open. */
export function appCommands(doors: CommandDoors, demos: readonly DemoName[]): readonly Command[] {
  return [
    ...editCommands(),
    ...pageCommands(doors),
    ...openCommands(doors, demos),
    ...dataCommands(doors),
    ...viewCommands(doors),
  ];
}

function editCommands(): Command[] {
  const { undoLabel, redoLabel } = currentHistory();
  const group = 'Edit';
  return [
    ...(undoLabel === null ? [] : [{ id: 'undo', group, label: `Undo: ${undoLabel}`, run: undo }]),
    ...(redoLabel === null ? [] : [{ id: 'redo', group, label: `Redo: ${redoLabel}`, run: redo }]),
  ];
}

function pageCommands({ path, go }: CommandDoors): Command[] {
  const group = 'Go to';
  const toModel = {
    id: 'model-page',
    group,
    label: 'Open the model page',
    words: 'go to checks engine latency signature trees compare forms parity',
    run: () => go(modelPath),
  };
  const hasModel = useWorkspace.getState().model.value !== null;
  return [
    ...pages
      .filter((page) => page.path !== path)
      .map((page) => ({
        id: pageCommand(page),
        group,
        label: page.name,
        words: 'go to page open',
        run: () => go(page.path),
      })),
    ...(hasModel && path !== modelPath ? [toModel] : []),
  ];
}

function openCommands({ go }: CommandDoors, demos: readonly DemoName[]): Command[] {
  const { tables, base, models, model, choices } = useWorkspace.getState();
  const group = 'Open';
  const otherTables = tables.filter(({ id }) => id !== base?.id);
  const otherModels = models.filter(({ id }) => id !== model.value?.id || choices.scoreColumn !== null);
  return [
    ...otherTables.map(({ id, name }) => ({
      id: `table ${id}`,
      group,
      label: `Switch to the table ${name}`,
      run: () => switchTable(id),
    })),
    ...otherModels.map(({ id, name }) => ({
      id: `model ${id}`,
      group,
      label: `Score with the model ${name}`,
      words: 'switch to',
      run: () => switchModel(id),
    })),
    {
      id: 'open-files',
      group,
      label: 'Open files',
      words: 'table model csv parquet onnx lightgbm xgboost mlflow',
      run: chooseFiles,
    },
    ...demos.map(({ name, title }) => ({
      id: `demo ${name}`,
      group,
      label: `Open the demo: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
      words: `${name} sample`,
      run: () => {
        go('/');
        void openDemo(name);
      },
    })),
  ];
}

function dataCommands({ go }: CommandDoors): Command[] {
  const { tables, scoring } = useWorkspace.getState();
  const group = 'Data';
  const download = {
    id: 'download-scores',
    group,
    label: 'Download the scores as CSV',
    words: 'save export',
    run: () => void downloadScores(),
  };
  const forget = {
    id: 'forget-kept',
    group,
    label: 'Forget what this browser keeps',
    words: 'delete clear storage',
    run: () => {
      go('/');
      runOnceOffered('forget-kept');
    },
  };
  const isOffered = offeredCommands().some(({ commands }) => commands.some(({ id }) => id === forget.id));
  return [
    ...(scoring.scoresId === null ? [] : [download]),
    ...(isOffered || tables.length === 0 ? [] : [forget]),
  ];
}

function viewCommands({ showShortcuts }: CommandDoors): Command[] {
  const group = 'View';
  const other = shownTheme() === 'dark' ? 'light' : 'dark';
  const link = {
    id: 'copy-link',
    group,
    label: 'Copy the link to this view',
    words: 'share url',
    run: () => void copyLink(),
  };
  return [
    ...(useWorkspace.getState().table.value === null ? [] : [link]),
    {
      id: 'theme',
      group,
      label: `Use the ${other} theme`,
      words: 'dark light colours mode',
      run: switchTheme,
    },
    { id: 'shortcuts', group, label: 'Keyboard shortcuts', words: 'keys help', run: showShortcuts },
  ];
}
