/** A reason not to start, in words on which a person can act: shown as they are, without a stack. */
export class Refusal extends Error {
  override name = 'Refusal';
}
