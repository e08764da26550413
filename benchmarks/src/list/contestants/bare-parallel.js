import { compete } from '../competition.js';
import { listBare } from './bare.js';

compete((race) => listBare(race, race.concurrency));
