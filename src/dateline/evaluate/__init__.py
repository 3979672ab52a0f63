"""Scores against gold. One module a task; `TASKS` in tasks.py is the table."""
