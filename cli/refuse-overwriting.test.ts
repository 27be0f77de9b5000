import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';
import { refuseOverwriting } from './refuse-overwriting.ts';

let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-overwriting-'));
  mkdirSync(at('model folder'));
  for (const name of [
    'loans.csv',
    'model.txt',
    'more.csv',
    'scenario.json',
    'old.csv',
    'model folder/model.txt',
  ])
    writeFileSync(at(name), 'a');
  symlinkSync(at('loans.csv'), at('link.csv'));
  linkSync(at('loans.csv'), at('hard.csv'));
  symlinkSync(folder, at('round'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...words: string[]): void {
  const given = ['--data', at('loans.csv'), '--target', 'y', '--positive', '1', ...words];
  refuseOverwriting(
    parseArguments(words.includes('--model') ? given : [...given, '--model', at('model.txt')]),
  );
}

describe('an output at the place of an input', () => {
  it.each(['loans.csv', 'link.csv', 'hard.csv', 'round/loans.csv', 'model folder/../loans.csv'])(
    'is refused however its path is spelled: %s',
    (name) => {
      for (const option of ['--shap', '--scores', '--json'])
        expect(() => check(option, `${folder}/${name}`)).toThrow(
          expect.objectContaining({
            code: 'invalid-argument',
            message: `${option} would write over the file of --data, "${folder}/${name}". Nothing was changed.`,
            advice: `Give ${option} another file.`,
          }),
        );
    },
  );

  it('is refused for every input', () => {
    expect(() => check('--shap', at('model.txt'))).toThrow(/the file of --model/);
    expect(() => check('--against-model', at('old.csv'), '--scores', at('old.csv'))).toThrow(
      /--against-model/,
    );
    expect(() => check('--join', at('more.csv'), '--on', 'id', '--json', at('more.csv'))).toThrow(/--join/);
    expect(() => check('--scenario', at('scenario.json'), '--json', at('scenario.json'))).toThrow(
      /--scenario/,
    );
  });

  it('is refused for a file of a model folder, not for a new one beside them', () => {
    const model = ['--model', at('model folder')];
    expect(() => check(...model, '--shap', at('model folder/model.txt'))).toThrow(/the file of --model/);
    expect(() => check(...model, '--shap', at('model folder/shap.csv'))).not.toThrow();
  });

  it('is refused for two outputs, one that does not exist yet included', () => {
    expect(() => check('--shap', at('new.csv'), '--scores', at('round/new.csv'))).toThrow(
      /--scores and --shap would write to the same file/,
    );
  });

  it('is not seen where files differ, an output of before may be replaced, and a device named twice', () => {
    expect(() =>
      check('--shap', at('old.csv'), '--scores', at('new.csv'), '--json', at('new.json')),
    ).not.toThrow();
    expect(() => check('--shap', '/dev/null', '--scores', '/dev/null')).not.toThrow();
    expect(() => check('--shap', at('no folder/a.csv'), '--scores', at('no folder/b.csv'))).not.toThrow();
  });
});
