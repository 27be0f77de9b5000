import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CommandDialog } from '../../design/CommandDialog.tsx';
import { demoManifestQuery, demoNamesQuery } from '../../features/workspace/demo-queries.ts';
import { useKeptData } from '../../features/workspace/use-kept-data.ts';
import { type Command, useOfferedCommands } from '../../state/offered-commands.ts';
import { isMacKeyboard, keysOfCommand } from '../keyboard/shortcuts.ts';
import { appCommands, type CommandDoors, type DemoName } from './app-commands.ts';
import { findCommands, numberOf } from './command-search.ts';
import { keptCommands } from './kept-commands.ts';
import { recentCommands, rememberCommand } from './recent-commands.ts';

export interface CommandPaletteProps {
  readonly doors: CommandDoors;
  readonly onClose: () => void;
}

/** Everything that can be done now, found by typing. Drawn only while it is open. */
export function CommandPalette({ doors, onClose }: CommandPaletteProps) {
  const [query, setQuery] = useState('');
  const [recent] = useState(recentCommands);
  const commands = useCommands(doors, query);
  const isMac = isMacKeyboard(navigator.platform);
  const sections = findCommands(commands, query, recent).map((group) => ({
    title: group.title,
    items: group.commands.map(({ id, label, detail }) => {
      const keys = keysOfCommand(id, isMac);
      return {
        id,
        label,
        ...(detail === undefined ? {} : { detail }),
        ...(keys === null ? {} : { keys }),
      };
    }),
  }));
  const run = (id: string): void => {
    const command = commands.find((one) => one.id === id);
    onClose();
    if (command === undefined) return;
    rememberCommand(id);
    command.run();
  };
  return (
    <CommandDialog
      label="Commands"
      placeholder="Search commands, or type a threshold"
      isOpen
      onClose={onClose}
      query={query}
      onQuery={setQuery}
      sections={sections}
      onRun={run}
      emptyText={`Nothing here is called “${query.trim()}”.`}
    />
  );
}

/** In the order in which they are looked for; what is not named here comes first. */
const groups: readonly string[] = ['Threshold', 'Scenario', 'Edit', 'Go to', 'Open', 'Data', 'View'];

/** What the page offers before what is there on every page; a typed number is its own command, found by being typed. */
function useCommands(doors: CommandDoors, query: string): readonly Command[] {
  const offers = useOfferedCommands();
  const demos = useDemoNames();
  const kept = useKeptData();
  const value = numberOf(query);
  const ofNumber = value === null ? [] : offers.flatMap((offer) => offer.ofNumber?.(value) ?? []);
  const commands = [
    ...ofNumber.map((command) => ({ ...command, words: query })),
    ...offers.flatMap((offer) => offer.commands),
    ...appCommands(doors, demos),
    ...keptCommands(kept, doors.go),
  ];
  return commands.sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

function useDemoNames(): readonly DemoName[] {
  const { data: names = [] } = useQuery(demoNamesQuery());
  return useQueries({
    queries: names.map((name) => demoManifestQuery(name)),
    combine: (manifests) =>
      manifests.flatMap(({ data }, i) =>
        data === undefined ? [] : [{ name: names[i] ?? '', title: data.title }],
      ),
  });
}
