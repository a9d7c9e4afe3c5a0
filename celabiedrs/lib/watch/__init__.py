"""What an operator has to know: alarms, and when something important last succeeded."""
