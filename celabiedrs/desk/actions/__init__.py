"""Reminders: what still waits, found in every stage, said to whom it waits for, not too often."""
