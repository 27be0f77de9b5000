import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.ts';

describe('the Gauss-Legendre rule on [0, 1]', () => {
  it('has the closed form of 1, 2 and 3 nodes', () => {
    expect([...gaussLegendre(1).nodes, ...gaussLegendre(1).weights]).toEqual([0.5, 1]);
    const two = gaussLegendre(2);
    expect(two.nodes[0]).toBeCloseTo((1 - 1 / Math.sqrt(3)) / 2, 15);
    expect(two.weights[1]).toBeCloseTo(0.5, 15);
    const three = gaussLegendre(3);
    expect(three.nodes[2]).toBeCloseTo((1 + Math.sqrt(3 / 5)) / 2, 15);
    expect(three.nodes[1]).toBe(0.5);
    expect([...three.weights].map((w) => Math.round(w * 18e12) / 1e12)).toEqual([5, 8, 5]);
  });

  it.each([1, 2, 3, 4, 7, 8, 16, 31, 64])('with %i nodes integrates t^d up to degree 2n − 1', (count) => {
    const { nodes, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const integral = nodes.reduce((sum, t, q) => sum + weights[q]! * t ** degree, 0);
      expect(Math.abs(integral - 1 / (degree + 1))).toBeLessThan(2e-15);
    }
  });

  it('is not exact one degree further', () => {
    const { nodes, weights } = gaussLegendre(2);
    const integral = nodes.reduce((sum, t, q) => sum + weights[q]! * t ** 4, 0);
    expect(Math.abs(integral - 1 / 5)).toBeGreaterThan(1e-3);
  });

  it.each([100, 501])('with %i nodes ascends, mirrors at 1/2, and its weights add up to 1', (count) => {
    const { nodes, weights } = gaussLegendre(count);
    expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
    expect(nodes[0]).toBeGreaterThan(0);
    for (let q = 0; q < count; q++)
      expect(Math.abs(nodes[q]! + nodes[count - 1 - q]! - 1)).toBeLessThan(3e-16);
    expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1)).toBeLessThan(1e-13);
  });

  it('is computed once, and empty for 0 nodes', () => {
    expect(gaussLegendre(5)).toBe(gaussLegendre(5));
    expect(gaussLegendre(0).nodes.length).toBe(0);
  });
});
