import preset from '../../jest.preset.js';

export default {
  ...preset,
  // They wait for servers and browsers more than they compute: two have room on two processors.
  maxWorkers: 2,
};
