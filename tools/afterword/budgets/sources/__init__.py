"""Sources: telemetry, asked for or replayed, and how a snapshot is made of it."""
