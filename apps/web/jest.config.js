import preset from '../../jest.preset.js';

export default { ...preset, testMatch: [...preset.testMatch, '<rootDir>/build/**/*.spec.ts'] };
