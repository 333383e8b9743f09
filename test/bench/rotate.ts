import type { Findings } from './result.ts';
import type { Sample, Stage } from './scenario.ts';

/**
 * Bursts of all variants in turn, so that both halves of a pair see the same machine. Each rotation begins with another
 * variant, so that none always runs in another's wake. The first burst of each only warms up and is thrown away.
 */
export async function rotate(stage: Stage, rotations: number, signal: AbortSignal): Promise<Findings> {
  const variants = [stage.ours, ...stage.baselines];
  const samples = new Map(variants.map(variant => [variant, [] as Sample[]]));
  for (let rotation = -1; rotation < rotations; rotation++) {
    for (const turn of variants.keys()) {
      signal.throwIfAborted();
      const variant = variants[(turn + Math.max(rotation, 0)) % variants.length];
      if (!variant) continue;
      const sample = await variant.burst();
      if (rotation >= 0) samples.get(variant)?.push(sample);
    }
  }
  return {
    ours: samples.get(stage.ours) ?? [],
    baselines: new Map(stage.baselines.map(baseline => [baseline.name, samples.get(baseline) ?? []])),
    counts: await stage.count(),
  };
}
