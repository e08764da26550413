import { describeContract, describeMutants } from '../jest/index.js';
import { exampleSubject } from './subject.fixture.js';

for (const subject of [exampleSubject('Example', true), exampleSubject('Example without OAuth', false)]) {
  describeContract(subject);
  describeMutants(subject);
}
