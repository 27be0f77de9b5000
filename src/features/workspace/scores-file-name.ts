/** "loans-model-scores.csv": the file names without their endings, in characters that every system takes. */
export function scoresFileName(table: string, model: string): string {
  const stem = (file: string): string =>
    file
      .replace(/(\.(csv|tsv|txt|jsonl|ndjson|parquet|arrow|feather|onnx))?(\.gz)?$/i, '')
      .replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return `${[stem(table), stem(model)].filter((part) => part !== '').join('-')}-scores.csv`;
}
