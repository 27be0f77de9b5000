// AssemblyScript. SHAP of trees by tables of patterns (docs/methods.md, "SHAP of trees").

export { binValues, copyColumn } from './bin-values';
export { countBackground } from './shap-background';
export { buildPairTables } from './shap-pairs';
export { addGroups } from './shap-rows';
export { buildTables } from './shap-tables';
