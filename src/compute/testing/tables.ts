/** For browser tests: files as a user would open them. */

export const CREDIT_ROWS = 4454;

export async function creditTable(): Promise<File> {
  return fetched('/demo/credit/credit_data.csv', 'credit_data.csv');
}

export async function creditModel(): Promise<File> {
  return fetched('/demo/credit/sklearn_gradient_boosting_raw_pipeline.onnx', 'model.onnx');
}

export const creditRoled = ['row_id', 'split', 'Status'];

async function fetched(url: string, name: string): Promise<File> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new File([await response.arrayBuffer()], name);
}

/** The credit table again and again until it has `rowCount` rows, for work that takes a while. */
export async function longCreditTable(rowCount: number): Promise<File> {
  const [header = '', ...rows] = (await (await creditTable()).text()).trimEnd().split('\n');
  const lines = Array.from({ length: rowCount }, (_, row) => rows[row % rows.length]);
  return new File([`${header}\n${lines.join('\n')}\n`], 'long.csv');
}

/** Columns score, y, amount, split: `rowCount` rows with distinct scores, about a third positive. */
export function scoredTable(rowCount: number): File {
  const lines: string[] = ['score,y,amount,split'];
  for (let row = 0; row < rowCount; row++) {
    const score = ((row * 7919) % rowCount) / rowCount;
    const y = (row * 31) % 97 < 60 * score ? 'bad' : 'good';
    lines.push(`${score},${y},${100 + (row % 900)},${row % 3 === 0 ? 'train' : 'test'}`);
  }
  return new File([`${lines.join('\n')}\n`], 'scored.csv');
}
