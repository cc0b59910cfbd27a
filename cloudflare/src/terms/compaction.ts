import type { Settings as EngineSettings } from 'glulam-engine';
import type { PublishMode } from '../settings.ts';

/** Where a compaction runs: in the isolate, in `glulam serve`, or there if the isolate cannot hold it. */
export const ENGINES = ['auto', 'wasm', 'container'] as const;
export type EngineChoice = (typeof ENGINES)[number];

/** How to go about a compaction: what the ledger keeps of a request. */
export interface Terms {
  /** Whether to compact what is not flagged. */
  force: boolean;
  /** As they were sent. */
  options: Record<string, string | number | boolean | string[]>;
  /** Absent for auto. */
  engine?: EngineChoice;
  /** A plan that POST /plan has kept; absent for a new one. */
  planHash?: string;
  publish: PublishMode;
  /** How long the replaced object is kept, like 7d; `none` for not at all. */
  backup: string;
}

/** The engine's names of options: those of the command, whose words are separated by dashes. */
export function engineSettings(options: Terms['options']): EngineSettings {
  return Object.fromEntries(Object.entries(options)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => [dashed(name), Array.isArray(value) ? value.join(',') : value]));
}

function dashed(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The other way round. */
export function camelCase(dashedName: string): string {
  return dashedName.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
