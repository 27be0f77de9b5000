import { ModelError, type ModelErrorCode } from '../core/errors.ts';
import type { OnnxModel } from '../formats/model/onnx/onnx-model.ts';
import type { OnnxNode } from '../formats/model/onnx/onnx-types.ts';

/** The operator that ONNX Runtime says it lacks; domain and node only where its message gives them. */
interface LackingOperator {
  readonly operator: string;
  readonly domain: string | null;
  readonly node: string | null;
}

/** What an unknown failure was thrown with, as text. Emscripten throws plain numbers (pointers) now and then. */
function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Finds the operator in the messages with which ONNX Runtime Web 1.30 refuses a graph for one (measured; the tests
 * provoke each of them):
 *
 *     Fatal error: com.acme:Foo(-1) is not a registered function/op
 *     No Op registered for Foo with domain_version of 13
 *     No opset import for domain 'com.acme'
 *     Could not find an implementation for Foo(13) node with name 'n'
 */
function lackingOperator(message: string, nodes: readonly OnnxNode[]): LackingOperator | null {
  const registered = /error: ?([^\s:]*):(\w+)\(-?\d+\) is not a registered/.exec(message);
  if (registered !== null) return { operator: registered[2]!, domain: registered[1]!, node: null };
  const opset = /No Op registered for (\w+) with domain_version of/.exec(message);
  if (opset !== null) return { operator: opset[1]!, domain: null, node: null };
  const domain = /No opset import for domain '([^']*)'/.exec(message)?.[1];
  const first = nodes.find((node) => domain !== undefined && node.domain === domain);
  if (first !== undefined) return { operator: first.operator, domain: first.domain, node: first.name };
  const kernel = /implementation for (\w+)\(\d+\) node with name '([^']*)'/.exec(message);
  if (kernel !== null) return { operator: kernel[1]!, domain: null, node: kernel[2]! };
  return null;
}

/**
 * The error of a session that ONNX Runtime refused to create: `unsupported-operator` naming the operator, its domain,
 * operator set and node; `session-failed` for every other reason. ONNX Runtime's own error is kept as `cause`.
 */
export function sessionError(model: OnnxModel, cause: unknown): ModelError {
  const message = messageOf(cause);
  const { nodes } = model.file.graph;
  const lacking = lackingOperator(message, nodes);
  if (lacking !== null) return unsupportedOperator(model, lacking, cause);
  return new ModelError('session-failed', `${model.name} cannot be run: ${sessionReason(message)}`, {
    place: { file: model.name },
    advice: sessionAdvice(message),
    cause,
  });
}

function unsupportedOperator(model: OnnxModel, lacking: LackingOperator, cause: unknown): ModelError {
  const { nodes } = model.file.graph;
  const node =
    nodes.find(({ name, operator }) => operator === lacking.operator && name === lacking.node) ??
    nodes.find(
      ({ domain, operator }) =>
        operator === lacking.operator &&
        (lacking.domain === null || lacking.domain === (domain || 'ai.onnx')),
    ) ??
    nodes.find(({ operator }) => operator === lacking.operator);
  const domain = node?.domain ?? lacking.domain ?? '';
  const version = model.file.opsets.find((opset) => opset.domain === domain)?.version;
  const where =
    node === undefined ? '' : node.name === '' ? ' (a node without a name)' : ` (node "${node.name}")`;
  const opset = `${domain === '' ? 'ai.onnx' : domain}${version === undefined ? ', not imported' : ` ${version}`}`;
  return new ModelError(
    'unsupported-operator',
    `${model.name} uses the operator ${lacking.operator} of operator set ${opset}${where}, which ONNX Runtime Web does not have.`,
    {
      place: {
        file: model.name,
        node: node === undefined || node.name === '' ? lacking.operator : node.name,
      },
      advice:
        'Export the model again with standard ONNX operators, or leave this step out of the exported pipeline.',
      cause,
    },
  );
}

function sessionReason(message: string): string {
  const ir = /Unsupported model IR version: (\d+), max supported IR version: (\d+)/.exec(message);
  if (ir !== null) return `it is written in ONNX IR version ${ir[1]}; versions up to ${ir[2]} can be read.`;
  const opset = /Opset (\d+) is under development[\s\S]*support for domain (\S+) is till opset (\d+)/.exec(
    message,
  );
  if (opset !== null)
    return `it uses operator set ${opset[2]} ${opset[1]}; versions up to ${opset[3]} can be run.`;
  if (/protobuf parsing failed/.test(message)) return 'ONNX Runtime cannot read the file.';
  return `ONNX Runtime says: ${withoutSourcePath(message)}`;
}

function sessionAdvice(message: string): string {
  if (/IR version|is under development/.test(message))
    return 'Export the model again for an older operator set (target_opset).';
  return 'Check the model where it was made, with onnx.checker.check_model, and export it again.';
}

/** The message proper: without the C++ source line, signature and condition that ONNX Runtime puts before it. */
function withoutSourcePath(message: string): string {
  return message
    .replace(/^.*ERROR_MESSAGE: /s, '')
    .replace(/^.*Status Message: /s, '')
    .replace(/^\S+\.(?:cc|h):\d+ .*?\)(?: const)?(?: \[[^\]]*\])? /s, '')
    .replace(/^.*? was false\. /s, '')
    .trim();
}

/** The error of a run that ONNX Runtime broke off, for data rows [rowStart, rowEnd). */
export function runError(model: OnnxModel, rowStart: number, rowEnd: number, cause: unknown): ModelError {
  const message = messageOf(cause);
  const node = /running \S+ node\. Name:'([^']*)'/.exec(message)?.[1];
  const unknownCategory = /Unknown Category/i.test(message);
  const reason = unknownCategory
    ? 'a value of a category column is unknown to its encoder, which was exported to fail on unknown values.'
    : `ONNX Runtime says: ${withoutSourcePath(message)}`;
  const code: ModelErrorCode = 'run-failed';
  return new ModelError(code, `${model.name} failed on rows ${rowStart} to ${rowEnd - 1}: ${reason}`, {
    place: { file: model.name, row: rowStart, ...(node === undefined || node === '' ? {} : { node }) },
    advice: unknownCategory
      ? 'The mapping lists the unknown values; correct them in the table, or export the encoder with handle_unknown="ignore".'
      : 'Check that each input is mapped to the column it was trained on.',
    cause,
  });
}
