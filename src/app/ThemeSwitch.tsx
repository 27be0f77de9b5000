import { Contrast } from 'lucide-react';
import { Button } from '../design/Button.tsx';
import { switchTheme, useTheme } from './theme-in-use.ts';

/** Light or dark, the other one than is shown; the choice is kept. */
export function ThemeSwitch() {
  const other = useTheme() === 'dark' ? 'light' : 'dark';
  return (
    <Button kind="icon" label={`Use the ${other} theme`} onPress={switchTheme}>
      <Contrast size={16} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
}
