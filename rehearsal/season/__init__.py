"""Replaying a season of spreadsheets: read whole or refused, then row by row through the acts, at each row's time."""
