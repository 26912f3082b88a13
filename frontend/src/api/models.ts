// Models and jobs, as the gateway tells of them.

export interface ModelVersion {
  version: number;
  state: 'candidate' | 'active' | 'retired';
  sha256: string;
  data_version: string;
  code: string;
  previous: number | null;
  created_at: string;
  metrics: Readonly<Record<string, number | null>>;
}

export interface Model {
  name: string;
  task: string;
  summary: string;
  /** The version that answers where none is asked for. */
  answering: number | null;
  /** From the oldest. */
  versions: ModelVersion[];
}

export interface CardFold {
  from: string;
  to: string;
  training?: number | null;
  test: number;
  error_bps: number;
  persistence_error_bps: number;
  direction_hits?: number | null;
  p_by_chance?: number | null;
}

/** What is known of a version; empty of one that no training of this system made. */
export interface ModelCard {
  summary?: string;
  trained_at?: string;
  code?: string;
  command?: string;
  data?: {
    version: string;
    sources: string[];
    parts: { name: string; count: number; from?: string | null; to?: string | null }[];
    examples: Readonly<Record<string, number>>;
    licence?: string | null;
  };
  recipe?: Readonly<Record<string, unknown>>;
  metrics?: Readonly<Record<string, number | null>>;
  verdict?: { goes_live: boolean; reason: string };
  walk?: { folds: CardFold[]; overall: CardFold } | null;
  limits?: string[];
}

export interface Outcomes {
  count: number;
  mean_absolute_error: number | null;
  mean_absolute_percentage_error: number | null;
  moves: number;
  direction_hits: number | null;
}

export interface ServedVersion {
  version: number;
  inferences: number;
  failures: number;
  mean_milliseconds: number | null;
  outcomes: Outcomes;
}

export interface ServingRunner {
  runner: string;
  is_reachable: boolean;
  versions: ServedVersion[];
  labels: Readonly<Record<string, number>>;
  /** Percent of the instruments by label; empty where stable answers all. */
  traffic: Readonly<Record<string, number>>;
}

export type JobStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface Job {
  id: string;
  type: string;
  status: JobStatus;
  /** What came of it; while it runs, how far it is. */
  result: Readonly<Record<string, unknown>> | null;
  error: string | null;
  attempts: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  cancel_asked_at: string | null;
}

export const hasEnded = (job: Job): boolean => job.status !== 'queued' && job.status !== 'running';
