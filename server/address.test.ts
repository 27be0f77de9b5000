import { describe, expect, it } from 'vitest';
import { addressFrom, StartError } from './address.ts';

describe('addressFrom', () => {
  it('prefers 4173 on 127.0.0.1 and falls back to a free port', () => {
    expect(addressFrom({})).toEqual({ host: '127.0.0.1', ports: [4173, 0] });
    expect(addressFrom({ PORT: '', HOST: '' })).toEqual({ host: '127.0.0.1', ports: [4173, 0] });
  });

  it('takes the port that was asked for, and no other', () => {
    expect(addressFrom({ PORT: '5005' }).ports).toEqual([5005]);
    expect(addressFrom({ PORT: '0' }).ports).toEqual([0]);
  });

  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('accepts the loopback host %s', (host) => {
    expect(addressFrom({ HOST: host }).host).toBe(host);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.evil.example'])('refuses host %s', (host) => {
    expect(() => addressFrom({ HOST: host })).toThrow(StartError);
  });

  it.each(['-1', '65536', '80a', '4173.5', ' 80'])('refuses port %j', (port) => {
    expect(() => addressFrom({ PORT: port })).toThrow(StartError);
  });
});
