import { describe, expect, it } from '@jest/globals';
import { Timeline } from './timeline.js';

describe('a timeline', () => {
  it('tells what held between two moments, in order', () => {
    const timeline = new Timeline(10, 'first');
    timeline.change('second', 20);
    timeline.change('third', 30);
    expect(timeline.during(12, 18)).toEqual(['first']);
    expect(timeline.during(15, 25)).toEqual(['first', 'second']);
    expect(timeline.during(21, 29)).toEqual(['second']);
    expect(timeline.during(31, 99)).toEqual(['third']);
    expect(timeline.last).toBe('third');
  });

  it('takes both for possible at the moment of a change', () => {
    const timeline = new Timeline(10, 'before');
    timeline.change('after', 20);
    expect(timeline.during(20, 20)).toEqual(['before', 'after']);
  });

  it('takes both for possible while nobody knows whether a change has come', () => {
    const timeline = new Timeline(10, 'before');
    timeline.change('after', 20, 40);
    expect(timeline.during(11, 19)).toEqual(['before']);
    expect(timeline.during(25, 35)).toEqual(['before', 'after']);
    expect(timeline.during(41, 50)).toEqual(['after']);
  });
});
