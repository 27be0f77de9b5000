import { embeddedFont } from './embedded-font.ts';
import { paintSvg } from './paint-svg.ts';
import { wrapWords } from './wrap-words.ts';

/** Words above the exported picture: a picture alone does not say how and from what it was computed. */
export interface PictureHeading {
  readonly title: string;
  readonly caption: string;
  /** Files, model and scenario. */
  readonly source: string;
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const padding = 16;
/** Pixels per px of a PNG: sharp on a dense screen and in print at this size. */
const pngScale = 2;

/** The picture as an SVG file whose colours stand in its own attributes and whose font travels inside it. */
export async function pictureSvg(picture: HTMLElement, heading: PictureHeading): Promise<Blob> {
  const svg = composePicture(picture, heading);
  const font = await embeddedFont(getComputedStyle(picture).fontFamily);
  if (font !== '') {
    const style = svgElement('style', {});
    style.textContent = font;
    svg.prepend(style);
  }
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
}

/**
 * The picture as PNG at twice its size. It is painted on a canvas element by element: an <img> of an SVG would need
 * `img-src blob:` in the CSP and could not use the page's fonts.
 */
export async function picturePng(picture: HTMLElement, heading: PictureHeading): Promise<Blob> {
  const svg = composePicture(picture, heading);
  const canvas = document.createElement('canvas');
  canvas.width = Number(svg.getAttribute('width')) * pngScale;
  canvas.height = Number(svg.getAttribute('height')) * pngScale;
  const context = canvas.getContext('2d');
  if (context === null)
    throw new Error('This browser offers no 2d canvas for a PNG; the SVG download works.');
  context.scale(pngScale, pngScale);
  paintSvg(context, svg);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The PNG is too large.')) : resolve(blob)));
  });
}

/** One SVG of all svg layers of the picture, in their order and place, on the surface's colour. */
function composePicture(picture: HTMLElement, heading: PictureHeading): SVGSVGElement {
  const box = picture.getBoundingClientRect();
  const layers = [...picture.querySelectorAll('svg')];
  // A layer may overhang the picture: the x labels that on the page stand under the picture below.
  const bottom = Math.max(box.bottom, ...layers.map((layer) => layer.getBoundingClientRect().bottom));
  const width = Math.ceil(box.width) + 2 * padding;
  const words = headingWords(heading, box.width);
  const headingHeight = words.reduce((sum, { lineHeight }) => sum + lineHeight, 10);
  const height = Math.ceil(bottom - box.top) + 2 * padding + headingHeight;
  const svg = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}` }) as SVGSVGElement;
  svg.append(svgElement('rect', { width, height, fill: colourOf(picture, '--surface') }));
  const font = getComputedStyle(picture).fontFamily;
  let y = padding - 4;
  for (const { text, lineHeight, size, weight, fill } of words) {
    y += lineHeight;
    const look = { 'font-family': font, 'font-size': size, 'font-weight': weight };
    const element = svgElement('text', { x: padding, y, fill: colourOf(picture, fill), ...look });
    element.textContent = text;
    svg.append(element);
  }
  for (const layer of layers) {
    const place = layer.getBoundingClientRect();
    const x = padding + place.left - box.left;
    const y = padding + headingHeight + place.top - box.top;
    const group = svgElement('g', { transform: `translate(${x} ${y})` });
    for (const child of layer.children) {
      const copy = resolvedCopy(child);
      if (copy !== null) group.append(copy);
    }
    svg.append(group);
  }
  return svg;
}

interface HeadingLine {
  readonly text: string;
  readonly lineHeight: number;
  readonly size: number;
  readonly weight: number;
  readonly fill: string;
}

/** Title, caption and source in lines that fit the picture. */
function headingWords({ title, caption, source }: PictureHeading, width: number): readonly HeadingLine[] {
  const small = { lineHeight: 15, size: 11, weight: 400, fill: '--text-3' };
  return [
    { text: title, lineHeight: 18, size: 13, weight: 600, fill: '--text' },
    ...[caption, source].flatMap((text) => wrapWords(text, width).map((line) => ({ text: line, ...small }))),
  ];
}

function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** A token's colour as the browser uses it: computed on an element, since a token may be light-dark(). */
function colourOf(inside: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  inside.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const geometry = [
  'd',
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'width',
  'height',
  'dx',
  'dy',
];
const references = ['transform', 'clip-path', 'id', 'points'];
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
  'paint-order',
  'text-anchor',
  'font-family',
  'font-size',
  'font-weight',
];
const painted = new Set(['path', 'rect', 'circle', 'line', 'text', 'tspan', 'polyline', 'polygon']);

/** A deep copy with computed colours and fonts as attributes; null for what is hidden or not for export. */
function resolvedCopy(element: Element): SVGElement | null {
  const style = getComputedStyle(element);
  if (element.getAttribute('data-export') === 'no' || style.display === 'none') return null;
  const name = element.tagName;
  if (name === 'title' || name === 'desc') return null;
  const copy = document.createElementNS(svgNamespace, name);
  for (const key of [...geometry, ...references]) {
    const value = element.getAttribute(key);
    if (value !== null) copy.setAttribute(key, value);
  }
  if (painted.has(name)) for (const key of looks) copy.setAttribute(key, style.getPropertyValue(key));
  else if (style.opacity !== '1') copy.setAttribute('opacity', style.opacity);
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = resolvedCopy(child);
      if (inner !== null) copy.append(inner);
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return copy;
}
