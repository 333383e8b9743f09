/**
 * The rights that extensions declare, by themselves: pages before sign-in take them with the session's answer and need none of the
 * words of all other rights.
 */

/** A right that an extension declared for its widget: `widget.` and the widget's id. */
export type OwnRight = `widget.${string}`;

/** A right as an extension declares it. */
export interface DeclaredRight {
  id: OwnRight;
  label: string;
  effect: string;
}

let declared: readonly DeclaredRight[] = [];
let follow: ((now: readonly DeclaredRight[]) => void) | undefined;

/** Says which rights extensions declare now, here or in a page; what was declared before and is not any more grants nothing. */
export function declareRights(now: readonly DeclaredRight[]): void {
  declared = now;
  follow?.(now);
}

/** The rights that extensions declare now. */
export const declaredRights = (): readonly DeclaredRight[] => declared;

/** Has the list of all rights follow what is declared, from now on and with what is declared already. */
export function followDeclaredRights(take: (now: readonly DeclaredRight[]) => void): void {
  follow = take;
  take(declared);
}
