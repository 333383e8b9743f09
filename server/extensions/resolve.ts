import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What extensions may import by name, wherever their folder lies. */
const OURS: Readonly<Record<string, string>> = {
  'quarterdeck/widget': `${import.meta.dirname}/widget.ts`,
  'quarterdeck/testing': `${import.meta.dirname}/testing.ts`,
};

registerHooks({
  resolve: (specifier, context, next) => {
    const file = OURS[specifier];
    return file === undefined
      ? next(specifier, context)
      : { url: pathToFileURL(file).href, format: 'module-typescript', shortCircuit: true };
  },
});
