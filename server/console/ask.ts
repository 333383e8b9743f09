import { createInterface } from 'node:readline/promises';
import { Refusal } from '../platform/refusal.ts';

/** Whether there is a person to ask. */
const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}

/** What was given as a flag, or else what is typed. @throws Refusal naming the flag, where nobody can be asked */
export async function answerTo(given: string | undefined, flag: string, question: string): Promise<string> {
  if (given !== undefined) return given;
  if (!isTerminal()) throw new Refusal(`Say ${flag}: there is no terminal to ask at.`);
  return ask(`${question}: `);
}

/** Lets by whoever said `--yes`, or says yes now. @throws Refusal otherwise */
export async function demandYes(given: boolean | undefined, question: string): Promise<void> {
  if (given === true) return;
  if (!isTerminal()) throw new Refusal('Say --yes: there is no terminal to ask at.');
  const answer = await ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer)) throw new Refusal('Nothing was changed.');
}
