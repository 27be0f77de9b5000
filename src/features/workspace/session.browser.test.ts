import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetKept, keptData } from '../../compute/kept.ts';
import { waitFor } from '../../compute/testing/kept.ts';
import { creditModel, creditTable, longCreditTable } from '../../compute/testing/tables.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { guessJoin, joinOfDraft } from './join-draft.ts';
import { openColumnsOf, openFiles } from './open-files.ts';
import { switchModel } from './open-models.ts';
import { switchTable } from './open-tables.ts';
import { reopenLink } from './reopen-link.ts';
import { startScoring } from './scoring-session.ts';
import { startSession } from './start-session.ts';

/** A page that was just opened, with an address that says nothing. */
const silentHost = {
  location: { pathname: '/', search: '', hash: '' },
  history: { state: null, replaceState: () => undefined },
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

const session = () => useWorkspace.getState();
const link = (change: Partial<ReturnType<typeof session>['choices']>) => ({
  state: { ...session().choices, ...change },
  notices: [],
});

let stop: () => void;

beforeEach(async () => {
  stop = startSession(silentHost);
  await forgetKept('all');
});
afterEach(() => {
  reopenLink({ state: useWorkspace.getInitialState().choices, notices: [] });
  stop();
});

const isReady = () => waitFor(async () => expect(session().mapping?.ready).toBe(true));
const isScored = () =>
  waitFor(async () => expect(session().scoring).toMatchObject({ status: 'done', error: null }));
/** Long enough for a canceled job to be given up, and for what follows from that. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 600));

async function openCredit(): Promise<void> {
  await openFiles([await creditTable(), await creditModel()]);
  await isReady();
}

async function otherModel(): Promise<File> {
  const name = 'sklearn_logistic_pipeline.no_zipmap.onnx';
  return new File([await (await fetch(`/fixtures/credit_data/models/${name}`)).arrayBuffer()], name);
}

describe('scores on screen', () => {
  it('stay those of the table that is shown when the scoring of another one is given up', async () => {
    await openCredit();
    await startScoring();
    const { scoresId } = session().scoring;
    const credit = session().base?.id ?? '';
    await openFiles([await longCreditTable(200_000)]);
    await isReady();
    void startScoring();
    await waitFor(async () => expect(session().scoring.progress).not.toBeNull());
    switchTable(credit);
    await isScored();
    await aWhile();
    expect(session().scoring).toMatchObject({ status: 'done', scoresId });
  });

  it('are asked for again when a column is read anew while they are made', async () => {
    await openFiles([await longCreditTable(100_000), await creditModel()]);
    await isReady();
    void startScoring();
    await waitFor(async () => expect(session().scoring.progress).not.toBeNull());
    session().choose({ readings: { Age: { missing: ['30'] } } });
    await waitFor(async () => expect(session().table.value?.id).toContain('+'));
    await isScored();
  });

  it('stay when the same files are dropped again', async () => {
    await openCredit();
    await startScoring();
    const { scoresId } = session().scoring;
    await openFiles([await creditTable(), await creditModel()]);
    await aWhile();
    expect(session().mapping?.ready).toBe(true);
    expect(session().scoring).toMatchObject({ status: 'done', scoresId });
  });

  it('are made for a link that names another positive value of the open table', async () => {
    await openCredit();
    await startScoring();
    const { target } = session().choices;
    reopenLink(link({ target: { ...target!, positive: ['good'] } }));
    await isScored();
  });
});

describe('the threshold', () => {
  it('of a model comes back with it, also when another was opened meanwhile', async () => {
    await openCredit();
    session().choose({ threshold: 0.25, pinned: 0.4 });
    const first = session().model.value?.id ?? '';
    await openFiles([await otherModel()]);
    expect(session().choices).toMatchObject({ threshold: null, pinned: null });
    switchModel(first);
    expect(session().choices).toMatchObject({ threshold: 0.25, pinned: 0.4 });
  });
});

describe('a table of which only some columns were read', () => {
  const first = ['Status', 'Age', 'Amount'];
  const second = ['Status', 'Age', 'Income'];
  const columnsShown = () => session().base?.columns.map(({ name }) => name);
  const isKept = (count: number) =>
    waitFor(async () => expect((await keptData()).tables).toHaveLength(count));

  it('comes back with its own columns, also when others of the same file were kept later', async () => {
    const file = await creditTable();
    await openColumnsOf(file, first);
    const saved = { ...session().choices, readings: { Age: { missing: ['30'] } } };
    await isKept(1);
    await openColumnsOf(file, second);
    await isKept(2);
    expect(columnsShown()).toEqual(second);
    reopenLink({ state: saved, notices: [] });
    await waitFor(async () => expect(session().table.value?.id).toContain('+'));
    expect(columnsShown()).toEqual(first);
    const age = session().table.value?.columns.find(({ name }) => name === 'Age');
    expect(age?.missing).toBeGreaterThan(0);
  });

  it('comes back to a join that takes columns from it', async () => {
    const file = await creditTable();
    await openColumnsOf(file, ['row_id', 'Amount']);
    const [right] = session().tables;
    await openFiles([new File(['row_id,y\n1,0\n2,1\n3,0\n'], 'outcomes.csv')]);
    await isKept(2);
    const draft = guessJoin(session().base!, right!);
    session().choose({ joins: [joinOfDraft(draft, right!, ['row_id', 'y'])!] });
    await waitFor(async () => expect(session().table.value?.columns).toHaveLength(3));
    const saved = session().choices;
    reopenLink({ state: useWorkspace.getInitialState().choices, notices: [] });
    expect(session().tables).toEqual([]);
    reopenLink({ state: saved, notices: [] });
    await waitFor(async () => expect(session().table.value?.columns).toHaveLength(3));
  });
});
