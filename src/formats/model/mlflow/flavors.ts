/** Flavors whose model file is read, in the order in which they are preferred. */
export const readFlavors: readonly string[] = ['onnx', 'lightgbm', 'xgboost'];

/** How other flavors are named to users, and what to do about them. */
const others: ReadonlyMap<string, { readonly named: string; readonly advice: string }> = new Map([
  [
    'sklearn',
    {
      named: 'a pickled scikit-learn model',
      advice:
        'Convert it with skl2onnx and log it with mlflow.onnx.log_model. For LightGBM and XGBoost log the booster: mlflow.lightgbm.log_model(model.booster_), mlflow.xgboost.log_model(model, model_format="json").',
    },
  ],
  [
    'keras',
    { named: 'a Keras model', advice: 'Convert it with tf2onnx and log it with mlflow.onnx.log_model.' },
  ],
  [
    'tensorflow',
    { named: 'a TensorFlow model', advice: 'Convert it with tf2onnx and log it with mlflow.onnx.log_model.' },
  ],
  [
    'pytorch',
    {
      named: 'a PyTorch model',
      advice: 'Export it with torch.onnx.export and log it with mlflow.onnx.log_model.',
    },
  ],
  [
    'catboost',
    {
      named: 'a CatBoost model',
      advice: 'Save it with model.save_model("model.onnx", format="onnx") and open that file.',
    },
  ],
]);

/** What to do when the file of a flavor that is read turns out to be a pickle or an old binary form. */
export const saveAdvice: Readonly<Record<string, string>> = {
  lightgbm: 'Log the booster, which is kept as text: mlflow.lightgbm.log_model(model.booster_, "model").',
  xgboost: 'Log it as JSON: mlflow.xgboost.log_model(model, "model", model_format="json").',
};

/**
 * How a folder without a readable flavor is refused: what it holds, in words, and what to do.
 *
 * @param flavors as MLmodel names them
 * @param loader  Python module that loads a model of which nothing else is said
 */
export function unreadFlavor(
  flavors: readonly string[],
  loader: string | null,
): { readonly named: string; readonly advice: string } {
  for (const flavor of flavors) {
    const known = others.get(flavor);
    if (known !== undefined) return known;
  }
  const own = flavors.find((flavor) => flavor !== 'python_function');
  const named =
    own === undefined ? `a Python function (${loader ?? 'python_function'})` : `a model of the flavor ${own}`;
  return { named, advice: 'Log the booster, or the model as ONNX with mlflow.onnx.log_model.' };
}
