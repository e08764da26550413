export { describeContract } from './describe-contract.js';
export { describeMutants } from './describe-mutants.js';
