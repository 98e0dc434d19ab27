"""Error budgets: objectives, snapshots of telemetry, what is left of a budget, and what the gate says."""
