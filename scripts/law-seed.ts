import fc from 'fast-check';

/**
 * Laws run on random data. CI names the seed, so that one commit always gets one verdict; everybody's own runs and the
 * slow lane go on looking where nobody has looked yet.
 */
const seed = process.env.CUTLINE_LAW_SEED;
if (seed !== undefined && seed !== '')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
