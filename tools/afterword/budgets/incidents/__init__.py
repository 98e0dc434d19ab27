"""Incidents: what they used of budgets, and what telemetry knows that nobody wrote about."""
