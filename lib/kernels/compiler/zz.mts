import { randomProgram } from './testing/random-program.ts';
const p = randomProgram(129);
console.log(p.source);
