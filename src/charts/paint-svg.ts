/**
 * Paints an SVG of ours on a canvas. It knows what our pictures are made of: groups with a transform, opacity and a
 * rectangular clip; path, rect, circle, line; text with tspans. Colours and fonts must stand in attributes
 * (export-picture.ts resolves them).
 */
export function paintSvg(context: CanvasRenderingContext2D, svg: SVGSVGElement): void {
  for (const child of svg.children) paintElement(context, child, svg);
}

function paintElement(context: CanvasRenderingContext2D, element: Element, svg: SVGSVGElement): void {
  if (element.tagName === 'clipPath' || element.tagName === 'defs') return;
  context.save();
  if (element instanceof SVGGraphicsElement) {
    const matrix = element.transform.baseVal.consolidate()?.matrix;
    if (matrix) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  }
  clipTo(context, element, svg);
  context.globalAlpha *= numberOf(element, 'opacity', 1);
  if (element.tagName === 'text') paintText(context, element);
  else {
    const shape = shapeOf(element);
    if (shape !== null) paintShape(context, element, shape);
    for (const child of element.children) paintElement(context, child, svg);
  }
  context.restore();
}

function clipTo(context: CanvasRenderingContext2D, element: Element, svg: SVGSVGElement): void {
  const id = /url\(["']?#(.+?)["']?\)/.exec(element.getAttribute('clip-path') ?? '')?.[1];
  const rect = id === undefined ? null : svg.querySelector(`#${CSS.escape(id)} rect`);
  if (rect === null) return;
  context.beginPath();
  context.rect(numberOf(rect, 'x'), numberOf(rect, 'y'), numberOf(rect, 'width'), numberOf(rect, 'height'));
  context.clip();
}

function shapeOf(element: Element): Path2D | null {
  const at = (name: string) => numberOf(element, name);
  const shape = new Path2D();
  switch (element.tagName) {
    case 'path':
      return new Path2D(element.getAttribute('d') ?? '');
    case 'rect':
      shape.roundRect(at('x'), at('y'), at('width'), at('height'), at('rx'));
      return shape;
    case 'circle':
      shape.arc(at('cx'), at('cy'), at('r'), 0, 2 * Math.PI);
      return shape;
    case 'line':
      shape.moveTo(at('x1'), at('y1'));
      shape.lineTo(at('x2'), at('y2'));
      return shape;
    default:
      return null;
  }
}

function paintShape(context: CanvasRenderingContext2D, element: Element, shape: Path2D): void {
  const alpha = context.globalAlpha;
  const fill = element.getAttribute('fill') ?? 'none';
  if (fill !== 'none') {
    context.fillStyle = fill;
    context.globalAlpha = alpha * numberOf(element, 'fill-opacity', 1);
    context.fill(shape);
  }
  if (setStroke(context, element, alpha)) context.stroke(shape);
  context.globalAlpha = alpha;
}

/** False when the element has no stroke. */
function setStroke(context: CanvasRenderingContext2D, element: Element, alpha: number): boolean {
  const stroke = element.getAttribute('stroke') ?? 'none';
  const width = numberOf(element, 'stroke-width', 1);
  if (stroke === 'none' || width === 0) return false;
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.lineCap = (element.getAttribute('stroke-linecap') ?? 'butt') as CanvasLineCap;
  context.lineJoin = (element.getAttribute('stroke-linejoin') ?? 'miter') as CanvasLineJoin;
  context.setLineDash((element.getAttribute('stroke-dasharray')?.match(/[\d.]+/g) ?? []).map(Number));
  context.globalAlpha = alpha * numberOf(element, 'stroke-opacity', 1);
  return true;
}

/** Text and its tspans; the halo (paint-order: stroke) lies under the letters. */
function paintText(context: CanvasRenderingContext2D, text: Element): void {
  const parts = text.children.length === 0 ? [text] : [...text.children];
  for (const part of parts) {
    const size = numberOf(part, 'font-size', 11);
    const content = part.textContent ?? '';
    const x = numberOf(part, 'x', numberOf(text, 'x')) + lengthOf(part, 'dx', size);
    const y = numberOf(part, 'y', numberOf(text, 'y')) + lengthOf(part, 'dy', size);
    const anchor = part.getAttribute('text-anchor') ?? 'start';
    context.font = `${part.getAttribute('font-weight') ?? 400} ${size}px ${part.getAttribute('font-family')}`;
    context.textAlign = anchor === 'middle' ? 'center' : anchor === 'end' ? 'right' : 'left';
    const alpha = context.globalAlpha;
    if (setStroke(context, part, alpha)) context.strokeText(content, x, y);
    context.globalAlpha = alpha;
    context.fillStyle = part.getAttribute('fill') ?? 'black';
    context.fillText(content, x, y);
  }
}

/** An attribute's number; units of px are dropped. */
function numberOf(element: Element, name: string, otherwise = 0): number {
  const value = Number.parseFloat(element.getAttribute(name) ?? '');
  return Number.isNaN(value) ? otherwise : value;
}

/** A length that may be in em, as recharts writes dy. */
function lengthOf(element: Element, name: string, fontSize: number): number {
  const value = numberOf(element, name);
  return (element.getAttribute(name) ?? '').endsWith('em') ? value * fontSize : value;
}
